// Prints the list of supported devices; script/supported-devices writes it into the documentation.
#include <cstdio>

#include "drivers/profile/supported.hpp"

int main() {
    const std::string page = anju::drivers::supported_markdown();
    return std::fwrite(page.data(), 1, page.size(), stdout) == page.size() ? 0 : 1;
}
