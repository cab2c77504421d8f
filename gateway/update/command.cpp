#include "update/command.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

namespace anju::update {
namespace {

constexpr std::size_t most_output = 4U << 20U;

class Pipe {
public:
    Pipe() {
        if (::pipe2(ends_.data(), O_CLOEXEC) != 0) ends_ = {-1, -1};
    }
    ~Pipe() {
        close(0);
        close(1);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    void close(std::size_t end) {
        if (ends_.at(end) >= 0) ::close(ends_.at(end));
        ends_.at(end) = -1;
    }
    [[nodiscard]] int read_end() const { return ends_[0]; }
    [[nodiscard]] int write_end() const { return ends_[1]; }

private:
    std::array<int, 2> ends_{-1, -1};
};

/// False: at its end.
bool take(int descriptor, std::string& into) {
    std::array<char, 16'384> block{};
    const ssize_t got = ::read(descriptor, block.data(), block.size());
    if (got < 0) return errno == EINTR || errno == EAGAIN;
    if (got == 0) return false;
    const auto size = static_cast<std::size_t>(got);
    if (into.size() + size <= most_output) into.append(block.data(), size);
    return true;
}

/// dpkg keeps descriptors of its children open for triggers at times, so what counts is the end of
/// both streams, and of the program.
void hear_out(Pipe& output, Pipe& errors, Ran& into) {
    std::array<pollfd, 2> from{{{output.read_end(), POLLIN, 0}, {errors.read_end(), POLLIN, 0}}};
    while (from[0].fd >= 0 || from[1].fd >= 0) {
        if (::poll(from.data(), from.size(), -1) < 0 && errno != EINTR) return;
        if (from[0].fd >= 0 && from[0].revents != 0 && !take(from[0].fd, into.output)) {
            from[0].fd = -1;
        }
        if (from[1].fd >= 0 && from[1].revents != 0 && !take(from[1].fd, into.errors)) {
            from[1].fd = -1;
        }
    }
}

std::string last_words(const Ran& ran) {
    std::string_view said = ran.errors.empty() ? ran.output : ran.errors;
    while (!said.empty() && said.back() == '\n') said.remove_suffix(1);
    constexpr std::size_t most = 400;
    if (said.size() > most) said.remove_prefix(said.size() - most);
    return std::string(said);
}

}  // namespace

result<Ran> run_command(const std::vector<std::string>& argv, const std::filesystem::path& folder) {
    std::vector<std::string> words = argv;
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    // What is read back has to be the same on every box, and nobody is there to be asked.
    std::vector<std::string> settings{"LC_ALL=C.UTF-8", "DEBIAN_FRONTEND=noninteractive",
                                      "APT_LISTCHANGES_FRONTEND=none", "NEEDRESTART_MODE=l",
                                      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:"
                                      "/sbin:/bin"};
    std::vector<char*> environment;
    for (std::string& setting : settings) environment.push_back(setting.data());
    environment.push_back(nullptr);

    Pipe output;
    Pipe errors;
    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output.write_end(), 1);
    posix_spawn_file_actions_adddup2(&actions, errors.write_end(), 2);
    if (!folder.empty()) posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
    pid_t child = 0;
    const int failed = output.write_end() < 0 || errors.write_end() < 0
                           ? EMFILE
                           : posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(),
                                          environment.data());
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) {
        return Error{"cannot run " + argv[0] + ": " + std::strerror(failed), folder.string(),
                     "install the package that has it"};
    }
    output.close(1);
    errors.close(1);
    Ran ran;
    hear_out(output, errors, ran);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    if (WIFEXITED(status)) ran.status = WEXITSTATUS(status);
    return ran;
}

Error failure_of(const std::string& what, const Ran& ran, const std::filesystem::path& folder) {
    return {what + " failed: " + last_words(ran), folder.string(), ""};
}

result<std::string> hear(const std::vector<std::string>& argv,
                         const std::filesystem::path& folder) {
    auto ran = run_command(argv, folder);
    if (!ran) return ran.error();
    if (ran->status == 0) {
        return result<std::string>{boost::system::in_place_value, std::move(ran->output)};
    }
    return failure_of(argv[0] + (argv.size() > 1 ? " " + argv[1] : ""), *ran, folder);
}

}  // namespace anju::update
