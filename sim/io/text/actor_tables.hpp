#pragma once

#include <string>
#include <vector>

#include "sim/io/text/csv.hpp"
#include "sim/scenario/world_tables.hpp"

namespace splinternet {

/// Tables of firms, bodies of countries and what they had done before the start. Each throws DataError with the place
/// of the first fault: unknown codes and words, repeated rows, numbers out of range, rows that contradict each other.

std::vector<FirmRow> read_firms(const CsvTable& table, const CodeList& countries, std::vector<std::string>& imputed);

/// Firms that took a stance; each must stand among the firms.
std::vector<FirmStanceRow> read_firm_stances(const CsvTable& table, const std::vector<FirmRow>& firms);

/// One row per organisation in order of ids, from one line per member; name and rule must agree among the lines.
std::vector<OrganisationRow> read_organisations(const CsvTable& table, const CodeList& countries);

/// One row per grouping in order of ids, from one line per member.
std::vector<GroupingRow> read_groupings(const CsvTable& table, const CodeList& countries);

/// Vendors' shares; those of one country may not sum to more than 1.
std::vector<VendorShareRow> read_vendor_shares(const CsvTable& table, const CodeList& countries,
                                               std::vector<std::string>& imputed);

std::vector<InitialMembershipRow> read_initial_memberships(const CsvTable& table, const CodeList& countries);

/// Gaps between a country's own rules and the provisions, 0 (none) to 1, as [country][provision]; pairs that the table
/// does not name have none.
std::vector<double> read_compliance_gaps(const CsvTable& table, const CodeList& countries);

}  // namespace splinternet
