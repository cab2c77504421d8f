// The real store on a disk that loses, keeps and tears what was not synced (support/fault_vfs.hpp).
#pragma once

#include <memory>

#include "tests/simulation/fate.hpp"
#include "tests/simulation/store_under_test.hpp"

namespace anju::whole {

[[nodiscard]] std::unique_ptr<StoreUnderTest> sqlite_store(const Fate& fate);

}  // namespace anju::whole
