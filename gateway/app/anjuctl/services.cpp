#include "app/anjuctl/services.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

namespace anju::ctl {

bool run_program(const std::vector<std::string>& argv) {
    std::vector<char*> arguments;
    std::vector<std::string> words = argv;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t child = 0;
    if (posix_spawnp(&child, arguments[0], nullptr, nullptr, arguments.data(), environ) != 0) {
        return false;
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) return false;
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool has_service_manager() {
    std::error_code none;
    return std::filesystem::is_directory("/run/systemd/system", none);
}

}  // namespace anju::ctl
