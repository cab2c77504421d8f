#include "drivers/content.hpp"

namespace anju::drivers {

std::span<const PayloadCodec> payload_codecs() {
    return {};
}

PayloadResult read_content(const Content&, DriverState&) {
    return Measured{};
}

}  // namespace anju::drivers
