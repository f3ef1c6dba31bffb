#include "sim/engine/labelled_dataset.hpp"

#include <string>
#include <vector>

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;

namespace {

LabelledDataset sample() {
  LabelledDataset dataset;
  dataset.attributes = {{"title", "a sample"}};
  dataset.dims = {{"step", 2}, {"country", 3}};
  dataset.arrays.push_back({"country", {"country"}, std::vector<std::string>{"AAA", "BBB", "CCC"}, "", "code", {}});
  dataset.arrays.push_back({"bloc", {"step", "country"}, std::vector<std::int8_t>(6, 1), "1", "bloc", {}});
  dataset.arrays.push_back({"scalar", {}, std::vector<double>{4.0}, "1", "a scalar", {}});
  return dataset;
}

}  // namespace

TEST_CASE("labelled dataset: arrays, attributes and dimensions are found by name") {
  const LabelledDataset dataset = sample();
  REQUIRE(dataset.find("bloc") != nullptr);
  CHECK(dataset.find("bloc")->dims.size() == 2);
  CHECK(dataset.find("block") == nullptr);
  CHECK(dataset.attribute("title") == "a sample");
  CHECK(dataset.attribute("author").empty());
  CHECK(dataset.size("country") == 3);
  CHECK_THROWS_AS(dataset.size("planet"), InternalError);
}

TEST_CASE("labelled dataset: elements are counted whatever their type") {
  CHECK(element_count(std::vector<float>(4)) == 4);
  CHECK(element_count(std::vector<std::uint64_t>(5)) == 5);
  CHECK(element_count(std::vector<Flag>(6)) == 6);
  CHECK(element_count(std::vector<std::string>{}) == 0);
}

TEST_CASE("labelled dataset: shapes that fit pass, an array of another length or dimension does not") {
  LabelledDataset dataset = sample();
  CHECK_NOTHROW(check_shapes(dataset));
  dataset.arrays[1].values = std::vector<std::int8_t>(5, 1);
  CHECK_THROWS_AS(check_shapes(dataset), InternalError);
  dataset = sample();
  dataset.arrays[1].dims = {"step", "planet"};
  CHECK_THROWS_AS(check_shapes(dataset), InternalError);
  dataset = sample();
  dataset.arrays[2].values = std::vector<double>{};
  CHECK_THROWS_AS(check_shapes(dataset), InternalError);
}
