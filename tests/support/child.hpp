// A child process that cannot outlive its test: killed by its destructor, and by the kernel when
// the thread that started it dies.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace anju::test {

class Child {
public:
    Child() = default;
    /// Runs argv[0] (a path) with standard output and error appended to `log`; empty: inherited.
    /// Throws std::runtime_error when no process can be made.
    explicit Child(const std::vector<std::string>& argv, const std::filesystem::path& log = {});
    ~Child();  ///< SIGKILL, waits
    Child(Child&& other) noexcept;
    Child& operator=(Child&& other) noexcept;

    [[nodiscard]] pid_t pid() const { return pid_; }  ///< 0: none, or already waited for
    [[nodiscard]] bool running();
    void signal(int number) const;
    /// The wait status, or nullopt when it is still running after `limit`.
    std::optional<int> wait(std::chrono::milliseconds limit);
    void kill();  ///< SIGKILL, waits; nothing when it is gone already

private:
    pid_t pid_ = 0;
};

}  // namespace anju::test
