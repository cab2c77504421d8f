#include "drivers/cjt188/cjt188.hpp"

namespace anju::drivers::cjt188 {

bool recognises(Bytes) {
    return false;
}

PayloadResult decode_payload(Bytes, const DeviceSettings*, DriverState&) {
    return Measured{};
}

DecodeResult decode(const Message&, DriverState&) {
    return std::vector<Decoded>{};
}

std::size_t max_payload(const Message&) {
    return max_payload_bytes;
}

std::vector<SupportedDevice> supported() {
    return {};
}

}  // namespace anju::drivers::cjt188
