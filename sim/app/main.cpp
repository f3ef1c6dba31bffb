#include "sim/app/command.hpp"

int main(int count, char** values) {
  return splinternet::run_command({values + 1, values + count});
}
