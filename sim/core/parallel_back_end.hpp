#pragma once

#include <cstddef>

#include "sim/core/function_ref.hpp"

/// What a back end of core/parallel must offer besides `ThreadLimit` and `back_end()`. For sim/core/parallel*.cpp only.
namespace splinternet::parallel::detail {

/// Calls task(n) once for every n in [0, count), in any order and possibly at once; returns after all have ended.
/// Tasks do not throw. A task may itself call `run_tasks`.
void run_tasks(std::size_t count, FunctionRef<void(std::size_t)> task);

}  // namespace splinternet::parallel::detail
