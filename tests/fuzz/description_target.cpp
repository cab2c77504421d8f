// Any text as a bridge's list of devices, then as the saved memory of the drivers.
#include <cstdlib>

#include "drivers/state.hpp"
#include "fuzz/harness.hpp"

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
    std::vector<std::string> inputs;
    anju::drivers::DriverState state;
    const anju::drivers::Catalog catalog;
    for (const auto& seed : anju::fuzz::seeds_of("zigbee2mqtt")) {
        if (!seed.topic.ends_with("/bridge/devices")) continue;
        inputs.push_back(seed.payload);
        if (const auto* route = catalog.find(seed.topic)) {
            (void)route->decode(seed.topic, seed.payload, true, state);
        }
        inputs.push_back(state.save());
    }
    anju::fuzz::write_seeds_if_asked(*argc, *argv, inputs);
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const anju::drivers::Catalog catalog;
    static const std::string topic = "zigbee2mqtt/bridge/devices";
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    anju::drivers::DriverState state;
    const std::string empty = state.save();
    anju::fuzz::demand_sane(catalog.find(topic)->decode(topic, text, true, state), size);
    const std::string saved = state.save();
    anju::drivers::DriverState other;
    if (!other.load(saved) || other.save() != saved) std::abort();
    if (!other.load(text) && other.save() != saved) std::abort();  // all or nothing
    return empty.empty() ? -1 : 0;
}
