// proto_lock PROTO_DIR [--write | --write-breaking]: compares the contract with its lock, and
// writes the lock when it has only grown. script/proto-lock builds and runs it.
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string_view>

#include "unit/proto/contract.hpp"

namespace {

int run(const std::string& root, std::string_view mode) {
    namespace contract = anju::contract;
    const std::string lock_file = root + "/anju/v1/contract.lock";
    contract::Contract lock;
    if (std::ifstream in(lock_file); in) {
        lock = contract::from_text(std::string(std::istreambuf_iterator<char>(in), {}));
    }
    const auto now = contract::read_protos(root);
    bool breaks = false;
    const auto differences = contract::compare(lock, now);
    for (const auto& difference : differences) {
        const bool added = difference.change == contract::Change::added;
        breaks = breaks || !added;
        std::cout << (added ? "added:  " : "BREAKS: ") << difference.key << " " << difference.text
                  << "\n";
    }
    if (breaks && mode != "--write-breaking") {
        std::cout << "Not written: sensors and platforms in the field rely on what is locked. Put "
                     "it back and add a new field beside it, or start anju.v2.\n";
        return 1;
    }
    if (mode.empty()) return differences.empty() ? 0 : 1;
    std::ofstream(lock_file) << contract::to_text(now);
    std::cout << now.size() << " facts in " << lock_file << "\n";
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    const std::string_view mode = count == 3 ? arguments[2] : "";
    const bool known = mode.empty() || mode == "--write" || mode == "--write-breaking";
    if (count < 2 || count > 3 || !known) {
        std::cerr << "usage: proto_lock PROTO_DIR [--write | --write-breaking]\n";
        return 2;
    }
    try {
        return run(arguments[1], mode);
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
}
