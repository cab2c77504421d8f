#include "drivers/chirpstack/chirpstack.hpp"

namespace anju::drivers::chirpstack {

DecodeResult decode(const Message&, DriverState&) {
    return std::vector<Decoded>{};
}

std::size_t max_payload(const Message&) {
    return max_payload_bytes;
}

std::vector<SupportedDevice> supported() {
    return {};
}

}  // namespace anju::drivers::chirpstack
