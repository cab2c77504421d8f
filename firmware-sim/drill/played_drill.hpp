// One drill, played in a process of its own, so that whatever becomes of it the next can be played.
#pragma once

#include <sys/types.h>

#include <boost/json/object.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "core/model/instant.hpp"
#include "firmware-sim/drill/drill_problem.hpp"

namespace anju::sim {

/// What a process prints, in memory only. It takes `most` bytes; the process is told "file too
/// large" for what is beyond, and goes on without it.
class ProcessOutput {
public:
    static constexpr std::size_t most = 4 << 20;

    ProcessOutput();
    ~ProcessOutput();
    ProcessOutput(const ProcessOutput&) = delete;
    ProcessOutput& operator=(const ProcessOutput&) = delete;

    [[nodiscard]] int fd() const { return fd_; }
    [[nodiscard]] bool full() const;
    [[nodiscard]] std::string read() const;
    /// The last line that is not empty, at most 4096 bytes of its end.
    [[nodiscard]] std::string last_line() const;

private:
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] std::string read(std::size_t from, std::size_t count) const;

    int fd_;
};

/// Forks: of a process with one thread only, and stays with that thread.
class PlayedDrill {
public:
    /// In the new process; its exit status is that of run_drill(), or with_problem().
    using Play = std::function<int()>;
    /// How an exit status says why there is no score.
    [[nodiscard]] static int with_problem(DrillProblem problem);

    /// `number`: by which the box knows it. `start`, `lasts`: of the world's time, for the
    /// progress. `grace`: from stop() until it is killed.
    PlayedDrill(std::uint64_t number, const Play& play, Instant start, Duration lasts,
                std::chrono::milliseconds grace = std::chrono::seconds{90});
    /// Stops it and waits.
    ~PlayedDrill();
    PlayedDrill(const PlayedDrill&) = delete;
    PlayedDrill& operator=(const PlayedDrill&) = delete;

    /// As Ctrl-C does; once it was told for longer than the grace time, it is killed. Nothing for
    /// one that has ended: its verdict stands.
    void stop();
    /// Blocks until it has ended. One that was told to stop is killed after its grace time.
    void wait();
    /// It has ended, as far as stop(), wait() and report() have seen.
    [[nodiscard]] bool over() const { return status_.has_value(); }
    /// For `drill.attend` (docs/operations/control.md). `now`: of the box, when it is known.
    [[nodiscard]] boost::json::object report(std::optional<Instant> now);

private:
    void look();
    void failed(boost::json::object& out, DrillProblem kind, const std::string& what) const;
    void ended(boost::json::object& out);
    [[nodiscard]] std::uint64_t percent(Instant now) const;

    std::uint64_t number_;
    Instant start_;
    Duration lasts_;
    std::chrono::milliseconds grace_;
    ProcessOutput out_;
    ProcessOutput err_;
    pid_t pid_ = -1;
    std::string no_process_;     ///< why there is none
    std::optional<int> status_;  ///< as waitpid() gives it
    std::optional<std::chrono::steady_clock::time_point> stopped_at_;
    std::uint64_t percent_ = 0;
};

}  // namespace anju::sim
