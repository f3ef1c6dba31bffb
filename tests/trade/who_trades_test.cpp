#include "sim/trade/who_trades.hpp"

#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/trade/worlds.hpp"

using namespace splinternet;
using testing::error_message;

namespace {

/// Three countries, one sector: flows that remain, by exporter and importer.
std::string told(void (*require)(const TradeBaseline&, StillSells), const std::vector<int>& remains) {
  const TradeBaseline baseline(test::three_countries(), std::vector<std::string>{"AAA", "BBB", "CCC"});
  const auto still_sells = [&](std::size_t s, std::size_t i, std::size_t j) { return remains[(s * 3 + i) * 3 + j] != 0; };
  return error_message([&] { require(baseline, still_sells); });
}

}  // namespace

TEST_CASE("a world in which all still trade has markets and balances") {
  CHECK(told(require_markets, {1, 1, 1, 1, 1, 1, 1, 1, 1}) == "no error");
  CHECK(told(require_balance_apart, {1, 1, 1, 1, 1, 1, 1, 1, 1}) == "no error");
}

TEST_CASE("the first country without anything to buy, then the first without a buyer, is named") {
  CHECK(told(require_markets, {1, 0, 1, 1, 0, 1, 1, 0, 1}) ==
        "no trade equilibrium: country BBB (row 1) can no longer buy anything in sector 0; let it trade with someone who "
        "sells there, at home or abroad");
  CHECK(told(require_markets, {1, 1, 1, 1, 1, 1, 0, 0, 0}) ==
        "no trade equilibrium: country CCC (row 2) can no longer sell to anyone; let it keep a market, at home or abroad");
}

TEST_CASE("a part of the world that is cut off with deficits that nobody in it pays is named") {
  CHECK(told(require_balance_apart, {1, 0, 1, 0, 1, 0, 1, 0, 1})
            .find("country AAA (row 0) has no trade left, not even through others, with country BBB (row 1)") !=
        std::string::npos);
}

TEST_CASE("one direction and a third country are enough to stay together") {
  CHECK(told(require_balance_apart, {1, 1, 0, 0, 1, 1, 0, 0, 1}) == "no error");
}
