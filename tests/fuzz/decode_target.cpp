// Any bytes as a message of one driver. The input is: which topic of the driver's vectors (one
// byte), flags (one byte: retained, with a key, the state saved and loaded in between), payload.
#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "drivers/settings.hpp"
#include "drivers/state.hpp"
#include "fuzz/harness.hpp"
#include "fuzz/repair.hpp"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max);
extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace anju::fuzz {
namespace {

constexpr std::size_t head_bytes = 2;
constexpr unsigned flag_retained = 1;
constexpr unsigned flag_key = 2;
constexpr unsigned flag_reload = 4;

struct Target {
    const drivers::Driver* driver = drivers::find_driver_by_name(ANJU_DRIVER);
    drivers::Catalog catalog{drivers::Catalog::everything()};
    std::vector<Seed> seeds = seeds_of(ANJU_DRIVER);
    std::vector<std::string> topics;

    Target() {
        for (const Seed& seed : seeds) {
            if (std::ranges::find(topics, seed.topic) != topics.end()) continue;
            if (topics.size() < 256) topics.push_back(seed.topic);
        }
        if (driver == nullptr || topics.empty()) {
            std::fprintf(stderr, "%s has no vectors\n", ANJU_DRIVER);
            std::exit(1);
        }
    }
};

const Target& target() {
    static const Target instance;
    return instance;
}

drivers::DecodeResult decode(const Seed& message, unsigned flags, drivers::DriverState& state) {
    if ((flags & flag_key) != 0) {
        state.settings().set_fallback(drivers::DeviceSettings{drivers::Key{}, {}});
    }
    const drivers::Route* route = target().catalog.find(message.topic);
    if (route == nullptr || route->driver != target().driver) {
        return target().driver->decode({message.topic, message.payload, false, {}, {}}, state);
    }
    return route->decode(message.topic, message.payload, (flags & flag_retained) != 0, state);
}

/// Seeds before the message fill the memory that a message may lean on.
void prepare(drivers::DriverState& state) {
    for (const Seed& seed : target().seeds) (void)decode(seed, 0, state);
}

}  // namespace
}  // namespace anju::fuzz

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
    using namespace anju::fuzz;
    std::vector<std::string> inputs;
    for (const Seed& seed : target().seeds) {
        const auto topic = std::ranges::find(target().topics, seed.topic);
        std::string input(head_bytes, '\0');
        input[0] = static_cast<char>(topic - target().topics.begin());
        input += seed.payload;
        inputs.push_back(input);
    }
    write_seeds_if_asked(*argc, *argv, inputs);
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace anju::fuzz;
    if (size < head_bytes) return 0;
    const unsigned flags = data[1];
    Seed message;
    message.topic = target().topics[data[0] % target().topics.size()];
    message.payload.assign(reinterpret_cast<const char*>(data) + head_bytes, size - head_bytes);

    // The memory that the vectors leave is the same before every input.
    static const std::string memory = [] {
        anju::drivers::DriverState state;
        prepare(state);
        return state.save();
    }();
    static anju::drivers::DriverState first;
    static anju::drivers::DriverState second;
    if (!first.load(memory) || !second.load(memory)) std::abort();
    first.settings().set_fallback(std::nullopt);
    second.settings().set_fallback(std::nullopt);

    const auto once = decode(message, flags, first);
    demand_sane(once, message.payload.size());
    demand_equal(once, decode(message, flags, second));
    if ((flags & flag_reload) != 0) {
        const std::string saved = first.save();
        if (!second.load(saved) || second.save() != saved) std::abort();
    }
    return 0;
}

#if defined(ANJU_DRIVER)
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max, unsigned seed) {
    using namespace anju::fuzz;
    static const bool meter = std::strcmp(ANJU_DRIVER, "wmbus") == 0;
    static const bool frame = std::strcmp(ANJU_DRIVER, "cjt188") == 0;
    size = LLVMFuzzerMutate(data, size, max);
    if (size <= head_bytes || (!meter && !frame) || seed % 8 == 0) return size;
    std::vector<std::uint8_t> payload(data + head_bytes, data + size);
    if (frame) {
        repair_cjt188(payload);
    } else {
        repair_length(payload);
        if (seed % 8 == 1) payload = in_format_a(payload);
        if (seed % 8 == 2) payload = in_long_frame(payload);
    }
    if (payload.size() > max - head_bytes) return size;
    std::memcpy(data + head_bytes, payload.data(), payload.size());
    return head_bytes + payload.size();
}
#endif
