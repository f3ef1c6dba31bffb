#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <span>
#include <string>
#include <vector>

namespace splinternet::bench {

/// What other programs need to be timed on the same inputs, and our results to hold theirs against. If the environment
/// variable SPLINTERNET_BENCH_INPUTS names a folder, each call writes one file there; else it does nothing. Numbers
/// read back to the same doubles. Throws FileError if a file cannot be written.
void write_peer_text(const std::string& name, const std::function<void(std::ostream&)>& body);

/// `name`.npy: NumPy's format, version 1, in C order.
void write_peer_array(const std::string& name, std::span<const double> values, const std::vector<std::size_t>& shape);
void write_peer_array(const std::string& name, std::span<const std::uint32_t> values,
                      const std::vector<std::size_t>& shape);

}  // namespace splinternet::bench
