#include "drivers/huawei_iotda/huawei_iotda.hpp"

namespace anju::drivers::huawei_iotda {

DecodeResult decode(const Message&, DriverState&) {
    return std::vector<Decoded>{};
}

std::size_t max_payload(const Message&) {
    return max_payload_bytes;
}

std::vector<SupportedDevice> supported() {
    return {};
}

}  // namespace anju::drivers::huawei_iotda
