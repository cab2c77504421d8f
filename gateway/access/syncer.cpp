#include "access/syncer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "store/files.hpp"

namespace anju::access {

Syncer::Syncer(Options options) : options_(std::move(options)), thread_([this] { loop(); }) {}

Syncer::~Syncer() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void Syncer::after_sync(Then then) {
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.size() < options_.most) {
            waiting_.push_back(std::move(then));
            then = nullptr;
        }
    }
    if (then) return then(Error{"too many wait for the disk", "", "try again soon"});
    wake_.notify_one();
}

bool Syncer::is_busy() {
    const std::lock_guard lock(mutex_);
    return syncing_ || !waiting_.empty() || failed_;
}

void Syncer::loop() {
    std::unique_lock lock(mutex_);
    while (true) {
        wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        if (stopping_) return;
        std::vector<Then> served = std::exchange(waiting_, {});
        syncing_ = true;
        result<void> outcome = failed_ ? result<void>(*failed_) : result<void>();
        lock.unlock();
        if (outcome) outcome = options_.sync();
        lock.lock();
        syncing_ = false;
        if (!outcome) failed_ = outcome.error();
        options_.post([served = std::move(served), outcome] {
            for (const Then& then : served) then(outcome);
        });
    }
}

result<void> sync_log_of(const std::filesystem::path& file) {
    const std::filesystem::path log = store::wal_of(file);
    const auto failed = [&](const char* what) {
        return Error{std::string(what) + ": " + std::strerror(errno), log.string(),
                     "check the disk, then restart anjud"};
    };
    // Locks of SQLite are on other files: closing this one lets none of them go.
    const int fd = ::open(log.c_str(), O_RDWR | O_CLOEXEC);
    if (fd < 0) return failed("cannot open the console's log");
    if (::fdatasync(fd) != 0) {
        const Error error = failed("cannot bring the console's log to the disk");
        ::close(fd);
        return error;
    }
    ::close(fd);
    return {};
}

}  // namespace anju::access
