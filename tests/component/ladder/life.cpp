#include "tests/component/ladder/life.hpp"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <deque>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "app/anjud/engine_directory.hpp"
#include "notify/service.hpp"
#include "runtime/gateway.hpp"
#include "store/sqlite_journal.hpp"
#include "tests/component/ladder/mortal_journal.hpp"
#include "tests/support/fault_vfs.hpp"
#include "tests/support/set_clock.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;

/// The loop looks once a second; between two things that happen it is enough to look as often as
/// an idle gateway writes down that it lives.
constexpr Duration idle = 150s;

class DeafSensors final : public SensorLink {
public:
    void send(std::string, std::string) override {}
};

/// Takes everything; a message is known by the notices it tells of.
class Post final : public notify::Channel {
public:
    [[nodiscard]] notify::Request prepare(const notify::Message& message, Instant) const override {
        notify::HttpRequest request;
        request.body = message.id;
        return request;
    }
    [[nodiscard]] notify::Answer judge(const notify::Reply&) const override {
        return {notify::Verdict::accepted, "ok"};
    }
    [[nodiscard]] std::vector<notify::Quota> quotas() const override { return {}; }
};

notify::RouterOptions router_options() {
    notify::RouterOptions out;
    out.channels = {{"robot", notify::ChannelKind::webhook, {}, {}, {}},
                    {"sms", notify::ChannelKind::sms, {}, {}, {}}};
    out.utc_offset = 8h;
    return out;
}

std::vector<notify::NamedChannel> channels() {
    return {{"robot", notify::ChannelKind::webhook, std::make_shared<Post>()},
            {"sms", notify::ChannelKind::sms, std::make_shared<Post>()}};
}

template <class T>
T must(result<T> done) {
    if (!done) throw std::runtime_error(done.error().text());
    if constexpr (!std::is_void_v<T>) return std::move(*done);
}

class Life {
public:
    Life(const Incident& incident, Outside& outside, const std::filesystem::path& folder)
        : incident_(incident),
          outside_(outside),
          real_(open(folder)),
          journal_(*real_, outside),
          gateway_({}, clock_, journal_, catalog_, sensors_, nullptr),
          directory_(gateway_.engine(), nullptr),
          service_(notify::Router(router_options(), directory_, nullptr),
                   notify::Dispatcher({}, channels()), clock_, journal_,
                   {[this](notify::Outgoing message) { carry(std::move(message)); }, [] {}}) {
        gateway_.notify_through(&service_);
    }
    void run() {
        pass_to(outside_.now);
        (void)must(gateway_.start());
        must(gateway_.listening(true));
        settle();
        for (wake(); outside_.now < incident_.ends; wake()) pass_to(next());
        must(gateway_.stop());
    }

private:
    std::unique_ptr<store::SqliteJournal> open(const std::filesystem::path& folder) {
        disk_.adopt(folder);
        disk_.before_change = [this] { outside_.moment(); };
        store::Options options;
        options.data_dir = folder;
        options.ballast_bytes = 0;
        options.vfs = disk_.name();
        return must(store::SqliteJournal::open(options, outside_.now, 0x12345));
    }
    void pass_to(Instant at) {
        outside_.now = at;
        clock_.reading = {at, SteadyTime{} + 1h + (at - incident_.begins),
                          ClockState::synchronised};
    }
    [[nodiscard]] Instant next() const {
        // At whole multiples, so that it does not depend on what woke it before.
        const Duration since_idle = outside_.now.time_since_epoch() % idle;
        Instant at = std::min(outside_.now - since_idle + idle, incident_.ends);
        if (outside_.delivered < incident_.deeds.size()) {
            at = std::min(at, incident_.deeds[outside_.delivered].at);
        }
        if (const auto due = gateway_.deadline()) {
            at = std::min(at, Instant{std::chrono::ceil<std::chrono::seconds>(*due)});
        }
        return std::max(at, outside_.now + 1ms);
    }
    void wake() {
        while (outside_.delivered < incident_.deeds.size() &&
               incident_.deeds[outside_.delivered].at <= outside_.now) {
            std::visit([this](const auto& what) { deliver(what); },
                       incident_.deeds[outside_.delivered].what);
            settle();
            outside_.moment();
            ++outside_.delivered;
        }
        must(gateway_.tick());
        settle();
        service_.tick();
        settle();
    }
    void deliver(const Registration&) {
        (void)must(gateway_.set_communities({its_community()}, true));
        (void)must(gateway_.set_households({its_home(incident_.asks)}, true));
    }
    void deliver(const Inbound& message) { must(gateway_.process({&message, 1})); }
    void deliver(const AlertCommand& command) {
        const AnsweredCommand answer = must(gateway_.command({command, Instant{}}));
        outside_.answers.at(outside_.delivered) = answer.status;
    }
    /// What the loop does between two things that happen: writes what has become of notices, hears
    /// what the channels say.
    void settle() {
        for (;;) {
            notify::Service::Pending pending = service_.take_pending();
            const bool quiet = pending.changed.empty() && pending.added.empty();
            if (quiet && replies_.empty()) return;
            must(gateway_.write_notices(std::move(pending.changed)));
            (void)must(gateway_.add_notices(std::move(pending.added)));
            if (replies_.empty()) continue;
            const std::uint64_t job = replies_.front();
            replies_.pop_front();
            service_.replied(job, {.failure = {}, .status = 200, .body = {}});
        }
    }
    void carry(notify::Outgoing message) {
        const std::string id = std::get<notify::HttpRequest>(message.request).body;
        const auto dash = id.find('-');
        outside_.matters = true;
        outside_.moment();
        outside_.sent.at(outside_.sent_count++) = {
            std::stoull(id), std::stoull(dash == id.npos ? id : id.substr(dash + 1)), outside_.now,
            outside_.lives};
        outside_.moment();
        outside_.matters = false;
        replies_.push_back(message.job);
    }

    const Incident& incident_;
    Outside& outside_;
    FaultVfs disk_;  // without real syncs: what a process has written survives it
    SetClock clock_;
    drivers::Catalog catalog_;
    DeafSensors sensors_;
    std::unique_ptr<store::SqliteJournal> real_;
    MortalJournal journal_;
    Gateway gateway_;
    EngineDirectory directory_;
    notify::Service service_;
    std::deque<std::uint64_t> replies_;
};

[[noreturn]] void live_and_exit(const Incident& incident, Outside& outside,
                                const std::filesystem::path& folder) {
    try {
        Life(incident, outside, folder).run();
        outside.done = true;
    } catch (const std::exception& error) {
        outside.fail(error.what());
    }
    ::_exit(outside.done ? 0 : 1);
}

}  // namespace

End live(const Incident& incident, Outside& outside, const std::filesystem::path& folder) {
    ++outside.lives;
    outside.matters = false;
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("no process can be made");
    if (child == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) ::_exit(126);
        live_and_exit(incident, outside, folder);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) return End::killed;
    if (outside.done) return End::done;
    if (outside.failure[0] == '\0') outside.fail("the process ended by itself");
    return End::failed;
}

}  // namespace anju::test
