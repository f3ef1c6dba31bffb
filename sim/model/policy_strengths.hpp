#pragma once

namespace splinternet {

/// The provisions of one framework as they bind at full depth, from the strengths in force.
struct BindingStrengths {
  double exclusion;    ///< restrictiveness towards untrusted homes: r_k times the mean strength of clean_*
  double recognition;  ///< fall of restrictiveness between members
  double local_law;    ///< restrictiveness towards non-members
  double shield;       ///< share of an exclusion that evidence_based takes away between members
  double trust;        ///< ln ψ between members: η times credibility times the mean strength of conduct provisions
  double link_filter;  ///< share of traffic that keeps the link filters
};

/// The parameters of policy that every pair needs, looked up once per step.
struct PolicyCosts {
  double goods_per_restrictiveness;  ///< −θ κ: ln B per unit of R
  double services_per_restrictiveness;
  double goods_per_log_latency;  ///< −θ λ
  double services_per_log_latency;
  bool pair_maximum;  ///< pair_rule = "maximum"
};

}  // namespace splinternet
