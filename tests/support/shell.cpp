#include "tests/support/shell.hpp"

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "tests/support/broker.hpp"

namespace anju::test {

Ran run_in_shell(const std::string& command) {
    const TempDir folder;
    const std::string errors = folder.path() / "stderr";
    std::FILE* const pipe = ::popen(("{ " + command + "\n} 2>'" + errors + "'").c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
    Ran ran;
    std::array<char, 4096> buffer{};
    for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
        ran.out.append(buffer.data(), got);
    }
    const int status = ::pclose(pipe);
    ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    std::ifstream file(errors, std::ios::binary);
    ran.err = {std::istreambuf_iterator<char>(file), {}};
    return ran;
}

}  // namespace anju::test
