// What the fuzz targets share: what must hold of every answer, and the seeds.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/catalog.hpp"

namespace anju::fuzz {

/// Ends the process with a message unless the answer keeps what driver.hpp promises.
void demand_sane(const drivers::DecodeResult& result, std::size_t payload_bytes);
/// Ends the process unless both say exactly the same.
void demand_equal(const drivers::DecodeResult& left, const drivers::DecodeResult& right);

/// One of the golden vectors beside the drivers.
struct Seed {
    std::string topic;
    std::string payload;
};
/// The messages of `driver`'s vectors, those of their "setup" too.
[[nodiscard]] std::vector<Seed> seeds_of(std::string_view driver);

/// With "--seeds=FOLDER" among the arguments: writes `inputs` there, one a file, and ends the
/// process. Otherwise does nothing.
void write_seeds_if_asked(int argc, char** argv, const std::vector<std::string>& inputs);

}  // namespace anju::fuzz
