// What drivers/driver.hpp promises of every answer, whatever the message was.
#pragma once

#include <string>

#include "drivers/driver.hpp"

namespace anju::drivers::testing {

/// The first broken promise in words; empty when all are kept: values within the range of their
/// kind, times between 2020 and 2099, bounded counts, errors with a code, a text and a place.
[[nodiscard]] std::string broken_promise(const DecodeResult& result, std::size_t payload_bytes);

/// Where two answers to one message differ; empty when they say the same.
[[nodiscard]] std::string difference(const DecodeResult& left, const DecodeResult& right);

}  // namespace anju::drivers::testing
