#include "notify/modem/modem.hpp"

#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

namespace anju::notify {
namespace {

speed_t speed_of(int baud) {
    switch (baud) {
        case 9600:
            return B9600;
        case 19200:
            return B19200;
        case 38400:
            return B38400;
        case 57600:
            return B57600;
        case 230400:
            return B230400;
        case 460800:
            return B460800;
        default:
            return B115200;
    }
}

class SerialPort final : public Port {
public:
    SerialPort(const std::filesystem::path& device, int baud) {
        file_ = ::open(device.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
        if (file_ < 0) {
            problem_ = std::strerror(errno);
            return;
        }
        termios settings{};
        if (::tcgetattr(file_, &settings) != 0) {
            problem_ = "not a serial port";
            close();
            return;
        }
        ::cfmakeraw(&settings);
        settings.c_cflag |= CLOCAL | CREAD;
        ::cfsetspeed(&settings, speed_of(baud));
        if (::tcsetattr(file_, TCSANOW, &settings) != 0) {
            problem_ = std::strerror(errno);
            close();
        }
    }
    ~SerialPort() override { close(); }

    [[nodiscard]] bool open() const { return file_ >= 0; }
    [[nodiscard]] const std::string& problem() const { return problem_; }

    bool write(std::string_view bytes) override {
        while (!bytes.empty() && file_ >= 0) {
            const ssize_t put = ::write(file_, bytes.data(), bytes.size());
            if (put > 0) {
                bytes.remove_prefix(static_cast<std::size_t>(put));
                continue;
            }
            if (put < 0 && errno == EINTR) continue;
            pollfd ready{file_, POLLOUT, 0};
            if (errno != EAGAIN || ::poll(&ready, 1, 2'000) <= 0) close();
        }
        return bytes.empty();
    }

    bool read(std::string& into, std::chrono::milliseconds wait) override {
        if (file_ < 0) return false;
        pollfd ready{file_, POLLIN, 0};
        const int found = ::poll(&ready, 1, static_cast<int>(wait.count()));
        if (found < 0 && errno != EINTR) close();
        if (found <= 0) return file_ >= 0;
        std::array<char, 512> buffer{};
        const ssize_t got = ::read(file_, buffer.data(), buffer.size());
        if (got > 0) {
            into.append(buffer.data(), static_cast<std::size_t>(got));
        } else if (got == 0 || (errno != EINTR && errno != EAGAIN)) {
            close();  // it was pulled out
        }
        return file_ >= 0;
    }

private:
    void close() {
        if (file_ >= 0) ::close(file_);
        file_ = -1;
    }

    int file_ = -1;
    std::string problem_;
};

}  // namespace

struct Modem::Impl {
    struct Job {
        std::uint64_t number{};
        ModemRequest request;
    };

    Impl(Options given, Replied callback, Reported report)
        : options(std::move(given)), replied(std::move(callback)), reported(std::move(report)) {
        thread = std::thread([this] { run(); });
    }
    ~Impl() {
        {
            const std::lock_guard lock(mutex);
            stopping = true;
        }
        stirred.notify_all();
        thread.join();
    }

    void run() {
        std::unique_ptr<SerialPort> port;
        std::unique_ptr<ModemDialog> dialog;
        for (;;) {
            auto job = next(dialog == nullptr);
            if (stopping) return;
            if (dialog && !job) dialog->listen(std::chrono::milliseconds{1});
            if (!job) continue;
            if (!dialog) start(port, dialog);
            Reply reply;
            if (!dialog) {
                reply.failure = state_now().problem;
            } else {
                reply = dialog->send(job->request);
                remember(reply.body);
            }
            // After any failure the modem is set up anew: it may have been plugged in again.
            if (!reply.failure.empty() && reply.status == 0) {
                dialog.reset();
                port.reset();
            }
            replied(job->number, std::move(reply));
        }
    }

    std::optional<Job> next(bool idle_for_long) {
        std::unique_lock lock(mutex);
        const auto wait = idle_for_long ? std::chrono::milliseconds{60'000} : options.idle;
        stirred.wait_for(lock, wait, [this] { return stopping || !jobs.empty(); });
        if (stopping || jobs.empty()) return std::nullopt;
        Job job = std::move(jobs.front());
        jobs.pop_front();
        return job;
    }

    void start(std::unique_ptr<SerialPort>& port, std::unique_ptr<ModemDialog>& dialog) {
        port = std::make_unique<SerialPort>(options.device, options.baud);
        ModemDialog::State found;
        if (!port->open()) {
            found.problem = "cannot open " + options.device.string() + ": " + port->problem();
        } else {
            ModemDialog::Options with = options.dialog;
            if (pin_refused) with.pin.clear();
            dialog = std::make_unique<ModemDialog>(
                with, *port, [this](const StatusReport& report) { tell(report); });
            found = dialog->prepare();
            pin_refused = pin_refused || found.problem.find("refused the PIN") != std::string::npos;
            if (!found.ready) dialog.reset();
        }
        const std::lock_guard lock(mutex);
        state = found;
    }

    /// Of several parts the last one's report stands for all.
    void remember(const std::string& references) {
        if (references.empty()) return;
        const auto last = references.rfind(',');
        const int number =
            std::atoi(references.c_str() + (last == std::string::npos ? 0 : last + 1));
        waiting[static_cast<std::uint8_t>(number)] = references;
    }

    void tell(const StatusReport& report) {
        const auto found = waiting.extract(report.reference);
        if (!found.empty()) reported(found.mapped(), report.delivered);
    }

    ModemDialog::State state_now() {
        const std::lock_guard lock(mutex);
        return state;
    }

    Options options;
    Replied replied;
    Reported reported;
    std::mutex mutex;
    std::condition_variable stirred;
    std::deque<Job> jobs;      // by mutex
    ModemDialog::State state;  // by mutex
    std::atomic<bool> stopping = false;
    bool pin_refused = false;                     // of the thread
    std::map<std::uint8_t, std::string> waiting;  // of the thread; at most 256
    std::thread thread;
};

Modem::Modem(Options options, Replied replied, Reported reported)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(replied), std::move(reported))) {}
Modem::~Modem() = default;

void Modem::send(std::uint64_t job, ModemRequest request) {
    bool taken = false;
    {
        const std::lock_guard lock(impl_->mutex);
        taken = impl_->jobs.size() < impl_->options.most_waiting;
        if (taken) impl_->jobs.push_back({job, std::move(request)});
    }
    if (taken) {
        impl_->stirred.notify_all();
    } else {
        impl_->replied(job, {"too many messages wait for the modem", 0, ""});
    }
}

ModemDialog::State Modem::state() const {
    return impl_->state_now();
}

}  // namespace anju::notify
