#include "tests/bench/peer_files.hpp"

#include <cstdlib>
#include <fstream>

#include "sim/core/check.hpp"

namespace splinternet::bench {
namespace {

void write_array(const std::string& name, std::span<const std::byte> bytes, const std::string& type,
                 const std::vector<std::size_t>& shape) {
  std::string header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (";
  for (const std::size_t size : shape) header += std::to_string(size) + ", ";
  header += "), }";
  header.resize((10 + header.size() + 1 + 63) / 64 * 64 - 10 - 1, ' ');
  header += '\n';
  write_peer_text(name + ".npy", [&](std::ostream& file) {
    file.write("\x93NUMPY\x01\x00", 8);
    const auto size = static_cast<std::uint16_t>(header.size());
    file.put(static_cast<char>(size & 0xff)).put(static_cast<char>(size >> 8));
    file.write(header.data(), static_cast<std::streamsize>(header.size()));
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  });
}

}  // namespace

void write_peer_text(const std::string& name, const std::function<void(std::ostream&)>& body) {
  const char* const folder = std::getenv("SPLINTERNET_BENCH_INPUTS");
  if (folder == nullptr) return;
  const std::string path = std::string(folder) + "/" + name;
  std::ofstream file(path, std::ios::binary);
  file.precision(17);
  body(file);
  if (!file.flush()) throw FileError(path + ": cannot be written");
}

void write_peer_array(const std::string& name, std::span<const double> values, const std::vector<std::size_t>& shape) {
  write_array(name, std::as_bytes(values), "<f8", shape);
}

void write_peer_array(const std::string& name, std::span<const std::uint32_t> values,
                      const std::vector<std::size_t>& shape) {
  write_array(name, std::as_bytes(values), "<u4", shape);
}

}  // namespace splinternet::bench
