#include "firmware-sim/drill/played_drill.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <utility>

#include "firmware-sim/drill/attend.hpp"

extern "C" {  // which the header of glibc 2.36 does not say itself
#include <sys/pidfd.h>
}

namespace anju::sim {

namespace {

namespace json = boost::json;

using Steady = std::chrono::steady_clock;

constexpr int met = 0;
constexpr int not_met = 2;
constexpr int aborted = 3;
constexpr int first_problem = 16;  // clear of what run_drill() ends with
constexpr int problems = 8;

[[noreturn]] void play_here(const PlayedDrill::Play& play, int out, int err) {
    ::dup2(out, STDOUT_FILENO);
    ::dup2(err, STDERR_FILENO);
    // A drill that prints without end must not take the memory of the box.
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit most{ProcessOutput::most, ProcessOutput::most};
    int status = 1;
    if (::setrlimit(RLIMIT_FSIZE, &most) == 0) {
        try {
            status = play();
        } catch (const std::exception& error) {
            fmt::print(stderr, "anju-sim: {}\n", error.what());
        }
    }
    std::fflush(nullptr);
    ::_exit(status);
}

}  // namespace

ProcessOutput::ProcessOutput() : fd_(::memfd_create("drill", MFD_CLOEXEC)) {
    // Whoever reads must not move where the process writes.
    if (fd_ >= 0) ::fcntl(fd_, F_SETFL, O_APPEND);
}

ProcessOutput::~ProcessOutput() {
    if (fd_ >= 0) ::close(fd_);
}

std::size_t ProcessOutput::size() const {
    struct stat about{};
    return ::fstat(fd_, &about) == 0 ? static_cast<std::size_t>(about.st_size) : 0;
}

bool ProcessOutput::full() const {
    return size() >= most;
}

std::string ProcessOutput::read() const {
    return read(0, size());
}

std::string ProcessOutput::read(std::size_t from, std::size_t count) const {
    std::string out(count, '\0');
    const auto got = ::pread(fd_, out.data(), count, static_cast<off_t>(from));
    out.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return out;
}

std::string ProcessOutput::last_line() const {
    const std::size_t all = size();
    const std::size_t count = std::min<std::size_t>(all, 4096);
    std::string end = read(all - count, count);
    while (end.ends_with('\n')) end.pop_back();
    const auto begin = end.rfind('\n');
    return begin == std::string::npos ? end : end.substr(begin + 1);
}

int PlayedDrill::with_problem(DrillProblem problem) {
    return first_problem + static_cast<int>(problem);
}

PlayedDrill::PlayedDrill(std::uint64_t number, const Play& play, Instant start, Duration lasts,
                         std::chrono::milliseconds grace)
    : number_(number), start_(start), lasts_(lasts), grace_(grace) {
    std::fflush(nullptr);
    const pid_t parent = ::getpid();
    pid_ = ::fork();
    if (pid_ < 0) no_process_ = std::strerror(errno);
    if (pid_ != 0) return;
    // Whoever attends may be killed: then this ends as after Ctrl-C.
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (::getppid() != parent) ::_exit(1);
    play_here(play, out_.fd(), err_.fd());
}

PlayedDrill::~PlayedDrill() {
    stop();
    wait();
}

void PlayedDrill::stop() {
    look();
    if (over()) return;
    if (!stopped_at_) {
        stopped_at_ = Steady::now();
        ::kill(pid_, SIGTERM);
    } else if (Steady::now() - *stopped_at_ >= grace_) {
        ::kill(pid_, SIGKILL);
    }
}

void PlayedDrill::wait() {
    look();
    if (over()) return;
    const int handle = ::pidfd_open(pid_, 0);
    while (!over()) {
        // Without a handle it is looked at from time to time.
        auto limit = std::chrono::milliseconds{handle >= 0 ? -1 : 100};
        const bool told = stopped_at_.has_value();
        const bool too_late = told && Steady::now() - *stopped_at_ >= grace_;
        if (too_late) ::kill(pid_, SIGKILL);
        if (told && !too_late && handle >= 0) {
            limit =
                std::chrono::ceil<std::chrono::milliseconds>(*stopped_at_ + grace_ - Steady::now());
            limit = std::max(limit, std::chrono::milliseconds{0});
        }
        pollfd ended{handle, POLLIN, 0};
        ::poll(&ended, 1, static_cast<int>(limit.count()));
        look();
    }
    if (handle >= 0) ::close(handle);
}

void PlayedDrill::look() {
    if (over()) return;
    int status = 0;
    if (pid_ > 0 && ::waitpid(pid_, &status, WNOHANG) != pid_) return;
    pid_ = 0;
    status_ = status;
}

json::object PlayedDrill::report(std::optional<Instant> now) {
    look();
    json::object out;
    if (over()) {
        ended(out);
    } else {
        out["phase"] = "playing";
        if (now) percent_ = std::max(percent_, percent(*now));
    }
    out["number"] = number_;
    out["percent"] = percent_;
    return out;
}

void PlayedDrill::ended(json::object& out) {
    const int status = *status_;
    if (!no_process_.empty()) return failed(out, DrillProblem::process, no_process_);
    if (WIFSIGNALED(status)) {
        const int signal = WTERMSIG(status);
        if (signal == SIGTERM || signal == SIGINT) {
            out["phase"] = "stopped";
            return;
        }
        return failed(
            out, DrillProblem::process,
            fmt::format("its process was ended by signal {} ({})", signal, ::strsignal(signal)));
    }
    const int code = WEXITSTATUS(status);
    if (code == met || code == not_met) {
        out = report_of(out_.read());
        if (!out.empty()) {
            out["phase"] = "judged";
            percent_ = 100;
            return;
        }
        return failed(out, DrillProblem::output,
                      out_.full() ? fmt::format("it printed more than {} bytes", out_.most)
                                  : err_.last_line());
    }
    // Whatever one says that was told to end: that is why.
    if (code == aborted || stopped_at_) {
        out["phase"] = "stopped";
        return;
    }
    const bool told = code >= first_problem && code < first_problem + problems;
    const auto kind = told ? static_cast<DrillProblem>(code - first_problem) : DrillProblem::other;
    failed(out, kind,
           err_.full() ? fmt::format("it printed more than {} bytes; the last it said: {}",
                                     err_.most, err_.last_line())
                       : err_.last_line());
}

void PlayedDrill::failed(json::object& out, DrillProblem kind, const std::string& what) const {
    // One that had to be killed after it was stopped is stopped all the same.
    out["phase"] = stopped_at_ ? "stopped" : "failed";
    out["problem"] = plain_text(what);
    out["problem_kind"] = name(kind);
}

std::uint64_t PlayedDrill::percent(Instant now) const {
    if (lasts_ <= Duration::zero()) return 0;
    const auto done = (now - start_) * 100 / lasts_;
    return static_cast<std::uint64_t>(std::clamp<std::int64_t>(done, 0, 99));
}

}  // namespace anju::sim
