#include "sim/study/explain.hpp"

#include "sim/core/check.hpp"
#include "sim/io/hdf5/atomic_file.hpp"
#include "sim/io/hdf5/file_bytes.hpp"
#include "sim/study/result_file.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/classroom.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/told_result.hpp"

using namespace splinternet;
using namespace splinternet::testing;

TEST_CASE("the story of a country reads like an answer") {
  const TemporaryFolder folder;
  write_atomically(folder / "told.h5", to_hdf5(told_result()));
  const LabelledDataset result = read_result((folder / "told.h5").string());
  CHECK(explain(result, "kenya", std::nullopt) == R"(Kenya (KEN) in "Four countries", seed 7

At the start: in no framework.
2020-12  signed GIDS, accepting USD 50.0 mn
At the end: signatory of GIDS.
Courted once by the Clean Network; it refused once.
Courted once by GIDS; it never refused.

2020-11 (step 4): courted by the Clean Network with an offer of USD 0.42 bn; stayed out:
    staying won by 0.13 pp over signing the Clean Network.
  > stay out                +0.000 pp a year, probability  78.6 %
    sign the Clean Network  -0.130 pp a year, probability  21.4 %
    The draw was 0.4120: the chosen option holds 0.0000 to 0.7858.
    Without inertia: it would have signed the Clean Network.
    To tip it to signing the Clean Network: 0.166 pp a year more, a one-off sum of USD 1.10 bn (1.1 % of GDP).
    For a probability of 80 %: 0.269 pp a year more, a one-off sum of USD 1.79 bn (1.8 % of GDP).
    What signing the Clean Network would have been worth against staying, in pp of real income a year:
      Largest: inertia -0.250 pp, side_payment +0.240 pp, alignment -0.120 pp.
      alignment          -0.120   -0.120                        ----------|  ideology: side of the UNGA ideal-point axis
      inertia            -0.250   -0.370  ----------------------          |  cost of change
      side_payment       +0.240   -0.130  +++++++++++++++++++++           |  offers of those who court, transfers of members
      in all                      -0.130

2020-12 (step 5): courted by GIDS with an offer of USD 50.0 mn; signed GIDS:
    staying was worth 0.07 pp more, but the draw fell on signing GIDS.
    stay out   +0.000 pp a year, probability  66.8 %
  > sign GIDS  -0.070 pp a year, probability  33.2 %
    The draw was 0.8750: the chosen option holds 0.6682 to 1.0000.
    Without alignment: it would have stayed out.
    To tip it to staying: 0.125 pp a year more, a one-off sum of USD 0.83 bn (0.8 % of GDP).
    The same draw would have taken it without the offer.
    What signing GIDS was worth against staying, in pp of real income a year:
      Largest: inertia -0.250 pp, alignment +0.180 pp.
      alignment          +0.180   +0.180           |+++++++++++++++++++++++  ideology: side of the UNGA ideal-point axis
      inertia            -0.250   -0.070  ---------|-----------------------  cost of change
      side_payment        0.000
      in all                      -0.070

2021-01 (step 6): reconsidered on its own; stayed in GIDS:
    signing the Clean Network and leaving GIDS was worth 0.02 pp more, but the draw fell on staying.
  > stay in GIDS                           +0.000 pp a year, probability  44.0 %
    sign the Clean Network and leave GIDS  +0.020 pp a year, probability  53.8 %
    leave GIDS                             -0.300 pp a year, probability   2.2 %
    The draw was 0.2500: the chosen option holds 0.0000 to 0.4403.
    Without inertia: it would have signed the Clean Network and left GIDS.
    To tip it to signing the Clean Network and leaving GIDS: 0.088 pp a year more, a one-off sum of USD 0.59 bn (0.6 % of GDP).
    For a probability of 80 %: 0.123 pp a year more, a one-off sum of USD 0.82 bn (0.8 % of GDP).
    What signing the Clean Network and leaving GIDS would have been worth against staying, in pp of real income a year:
      Largest: alignment +0.270 pp, inertia -0.250 pp.
      alignment          +0.270   +0.270  |++++++++++++++++++++++++++++++++  ideology: side of the UNGA ideal-point axis
      inertia            -0.250   +0.020  |  ------------------------------  cost of change
      side_payment        0.000
      in all                      +0.020
)");
}

TEST_CASE("listings, joint accessions and best responses are told") {
  CHECK(explain(told_result(), "NOR", std::nullopt) == R"(Norway (NOR) in "Four countries", seed 7

At the start: listed in the Clean Network.
2020-10  its listing in the Clean Network lapsed
2020-10  joined GIDS together with its fellow members of the Nordic Council
At the end: signatory of GIDS.
Nobody courted it.

2020-09 (step 2): the Nordic Council was courted by the Clean Network; it refused:
    By consensus the least willing of 3 members decides: DNK, -0.200 pp.
    The draw was 0.5000, the probability of acceding 0.1192.
    NOR itself: in already.
    Vetoed by DNK.
    Without DNK: yes.

2020-10 (step 3): the Nordic Council was courted by GIDS; it acceded:
    By majority the lower median of 3 members decides: NOR, +0.050 pp.
    The draw was 0.3000, the probability of acceding 0.6225.
    NOR itself: +0.050 pp.
    Against were 1 of 3: DNK.
    Without one of NOR or SWE: no.

2021-01 (step 6): reconsidered on its own; signed the Clean Network and left GIDS:
    signing the Clean Network and leaving GIDS won by 0.3 pp over leaving GIDS.
    stay in GIDS                           +0.000 pp a year
  > sign the Clean Network and leave GIDS  +0.400 pp a year
    leave GIDS                             +0.100 pp a year
    Best response: the option of the highest worth is taken.
    Without alignment: it would have stayed in GIDS.
    To tip it to leaving GIDS: 0.300 pp a year more, a one-off sum of USD 8.00 bn (2.0 % of GDP).
    What signing the Clean Network and leaving GIDS was worth against staying, in pp of real income a year:
      Largest: alignment +0.650 pp, inertia -0.250 pp.
      alignment          +0.650   +0.650  |++++++++++++++++++++++++++++++++  ideology: side of the UNGA ideal-point axis
      inertia            -0.250   +0.400  |                    ------------  cost of change
      side_payment        0.000
      in all                      +0.400
    What leaving GIDS would have been worth against staying, in pp of real income a year:
      Largest: alignment +0.100 pp.
      alignment          +0.100   +0.100  |++++++++++++++++++++++++++++++++  ideology: side of the UNGA ideal-point axis
      inertia and side_payment    0.000
      in all                      +0.100
)");
}

TEST_CASE("a sponsor signs without a decision") {
  CHECK(explain(told_result(), "BRA", std::nullopt) == R"(Brazil (BRA) in "Four countries", seed 7

At the start: in no framework.
2020-08  signed GIDS as its sponsor
At the end: signatory of GIDS.
Nobody courted it.
)");
}

TEST_CASE("one step tells only what happened in it") {
  const std::string text = explain(told_result(), "KEN", 5);
  CHECK_THAT(text,
             contains_substring("2020-12  signed GIDS, accepting USD 50.0 mn\n\n2020-12 (step 5): courted by GIDS"));
  CHECK_THAT(text, !contains_substring("step 4"));
  CHECK_THAT(explain(told_result(), "KEN", 1), contains_substring("In 2020-08 (step 1) it decided nothing."));
  CHECK_THAT(explain(told_result(), "ZMB", 6),
             contains_substring("courted by the Clean Network without an offer and by GIDS without an offer; stayed "
                                "out: it had no other option."));
}

TEST_CASE("a step outside the run is an error that tells its range") {
  for (const int step : {0, 7, -1}) {
    CHECK(message_of<DataError>([&] { return explain(told_result(), "KEN", step); }) ==
          "there is no step " + std::to_string(step) + ": the run has steps 1 to 6");
  }
}

TEST_CASE("a run that recorded no decisions says so") {
  const RunResult run = run_classroom({"record.decisions=false"});
  CHECK_THAT(explain(run.dataset, "KEN", std::nullopt),
             contains_substring("The run recorded no decisions (record.decisions = false)."));
}

TEST_CASE("who went by its peers is told so, and numbered actors are named once") {
  const LabelledDataset result =
      run_to_end(load_setting(shipped("gallery/granovetter-crowd"), std::vector{parse_override("run.horizon=6")}), {})
          .dataset;
  CHECK(explain(result, "005", std::nullopt) ==
        R"(005 in "A hundred people, one step from a riot: Granovetter's crowd", seed 1

At the start: in no framework.
2020-05  signed riot
At the end: signatory of riot.
It went by what its peers did (rule "threshold"): no payoffs were weighed.
)");
}

TEST_CASE("every country of a run has a story") {
  const RunResult run = run_classroom({"countries.schedule=random_sequential"});
  for (const std::string& code : values_of<std::string>(run.dataset, "country")) {
    const std::string text = explain(run.dataset, code, std::nullopt);
    CHECK_THAT(text, contains_substring("(" + code + ") in \"Twelve countries, two frameworks: a classroom world\""));
    CHECK_THAT(text, contains_substring("At the end: "));
    const bool sponsor = code == "USA" || code == "CHN";
    CHECK((text.find("reconsidered on its own") != std::string::npos) == !sponsor);
    CHECK((text.find("as its sponsor") != std::string::npos) == sponsor);
  }
}
