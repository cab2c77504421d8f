#include "drivers/rtl_433/rtl_433.hpp"

namespace anju::drivers::rtl_433 {

DecodeResult decode(const Message&, DriverState&) {
    return std::vector<Decoded>{};
}

std::size_t max_payload(const Message&) {
    return max_payload_bytes;
}

std::vector<SupportedDevice> supported() {
    return {};
}

}  // namespace anju::drivers::rtl_433
