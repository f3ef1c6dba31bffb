#include "sim/io/hdf5/handle.hpp"

#include <hdf5.h>

#include <atomic>
#include <thread>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

hid_t new_space() {
  return H5Screate(H5S_SCALAR);
}

bool is_open(hid_t id) {
  return H5Iis_valid(id) > 0;
}

herr_t count_prints(hid_t, void* count) {
  ++*static_cast<int*>(count);
  return 0;
}

}  // namespace

TEST_CASE("a handle closes what it holds, once") {
  const hid_t id = new_space();
  {
    Hdf5Handle first(id, H5Sclose, "a dataspace");
    const Hdf5Handle second(std::move(first));
    CHECK(second.id() == id);
    CHECK(is_open(id));
  }
  CHECK_FALSE(is_open(id));
  Hdf5Handle third(new_space(), H5Sclose, "a dataspace");
  const hid_t third_id = third.id();
  third.close("a dataspace cannot be closed");
  CHECK_FALSE(is_open(third_id));
}

TEST_CASE("a failed call becomes an error with what was tried and HDF5's innermost reason") {
  const Hdf5Session session;
  const auto open = [] { Hdf5Handle(H5Fopen("/nowhere/x.h5", H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, "opening x"); };
  const std::string message = message_of<Hdf5Error>(open);
  CHECK_THAT(message, Catch::Matchers::StartsWith("opening x (HDF5: "));
  CHECK_THAT(message, contains_substring("No such file or directory"));
  CHECK(hdf5_check(3, "nothing") == 3);
}

TEST_CASE("a failed close is an error") {
  const Hdf5Session session;
  const hid_t id = new_space();
  Hdf5Handle handle(id, H5Sclose, "a dataspace");
  H5Sclose(id);
  CHECK_THROWS_AS(handle.close("closing twice"), Hdf5Error);
}

TEST_CASE("a session keeps HDF5 from printing, and gives the printer of others back") {
  int prints = 0;
  H5E_auto2_t printer = nullptr;
  void* data = nullptr;
  H5Eget_auto2(H5E_DEFAULT, &printer, &data);
  H5Eset_auto2(H5E_DEFAULT, count_prints, &prints);
  {
    const Hdf5Session session;
    H5Sclose(-1);
  }
  CHECK(prints == 0);
  H5Sclose(-1);
  CHECK(prints == 1);
  H5Eset_auto2(H5E_DEFAULT, printer, data);
}

TEST_CASE("only one session lives at a time") {
  std::atomic<int> alive = 0;
  std::atomic<int> most = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 200; ++round) {
        const Hdf5Session session;
        const int now = ++alive;
        if (now > most) most = now;
        std::this_thread::yield();
        --alive;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(most == 1);
}
