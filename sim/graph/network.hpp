#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace splinternet {

/// The two nodes that an undirected link joins.
struct LinkEnds {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
};

/// One direction of a link, as seen from its tail.
struct Arc {
  std::uint32_t head = 0;
  std::uint32_t link = 0;    ///< id of the link, the same for both directions
  std::uint32_t weight = 0;  ///< 0.1 µs
};

/// Distance to a node that no path reaches.
inline constexpr std::uint32_t kUnreachable = 0xffffffffU;

/// What the traffic of one policy class may not use: 1 = forbidden. A forbidden transit node is absorbing: a path may
/// start or end there but never pass. A forbidden link is not used at all. An empty vector forbids nothing.
struct AvoidSet {
  std::vector<std::uint8_t> transit;  ///< per node
  std::vector<std::uint8_t> link;     ///< per link
};

/// An immutable undirected link graph in compressed sparse rows. Weights are whole tenths of a microsecond (latency +
/// risk penalty), so that sums are exact and equal paths tie exactly. Parallel links keep their own ids; a link of
/// length zero is allowed.
class Network {
 public:
  /// `weights` holds one value per link, in the order of `links`. Throws DataError naming the link if an end is not
  /// a node, a link joins a node to itself, or a path of node_count − 1 links could reach kUnreachable.
  Network(std::size_t node_count, std::span<const LinkEnds> links, std::span<const std::uint32_t> weights);

  [[nodiscard]] std::size_t node_count() const { return first_out_.size() - 1; }
  [[nodiscard]] std::size_t link_count() const { return links_.size(); }
  /// The arcs that leave `node`, in order of link id.
  [[nodiscard]] std::span<const Arc> arcs(std::size_t node) const;
  /// The two ends of a link, as given.
  [[nodiscard]] LinkEnds ends(std::size_t link) const { return links_[link]; }
  /// Weight of a link in 0.1 µs.
  [[nodiscard]] std::uint32_t weight(std::size_t link) const { return weights_[link]; }

 private:
  std::vector<LinkEnds> links_;
  std::vector<std::uint32_t> weights_;
  std::vector<std::uint32_t> first_out_;  // node → first of its arcs; one more entry than nodes
  std::vector<Arc> arcs_;
};

}  // namespace splinternet
