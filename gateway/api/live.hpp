// What happens, told to every open console as it happens (GET /api/v1/events).
//
// A read model like the board: it is fed by the decisions of a commit, after the commit. Each event
// is put into words twice, in full and masked, however many consoles are open, so that two hundred
// of them cost an alarm next to nothing. Nobody is waited for: a console that does not take its
// events is dropped by its queue (http/stream.hpp) and comes again with the last number it has
// seen. Loop thread.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/alert_views.hpp"
#include "api/sight.hpp"
#include "core/decision.hpp"
#include "http/stream.hpp"

namespace anju::api {

/// The number in a Last-Event-ID; nullopt for what is none of ours.
[[nodiscard]] std::optional<std::uint64_t> event_number(std::string_view last_event_id);

class Live {
public:
    struct Options {
        std::size_t remembered = 1024;    ///< events for those who come again; then they load anew
        std::size_t tasks_a_commit = 20;  ///< changed; of more only the community is named
        /// Of one session; then its oldest ends: nobody takes the streams of all others.
        std::size_t streams_a_session = 8;
        http::Stream::Limits queue = {};
    };
    /// `first`: greater than any number given out by an earlier process, such as the microseconds
    /// since 1970. All references must outlive it.
    Live(Options options, std::uint64_t first, const Engine& engine, const AlertViews& views);

    /// After the commit.
    void decided(const Decisions& decisions);

    /// What becomes of a scenario that is played here, to operators of the whole box.
    void practised(const boost::json::object& drill);

    /// Who listens: `key` names the session, for end(). `good` is asked now and then whether it
    /// still lasts. `last_event_id`: as the client sent it.
    struct Listener {
        std::string key;
        Sight sight;
        std::function<bool()> good;
    };
    [[nodiscard]] http::Response listen(Listener listener, std::string_view last_event_id,
                                        std::string hello);
    /// Ends the streams of a session. `why` is told as the last event, "bye".
    void end(std::string_view key, std::string_view why);
    /// Ends those whose session has ended by itself, as `why`. About every half minute.
    void look_after(std::string_view why);

    [[nodiscard]] std::size_t listeners() const { return clients_.size(); }
    [[nodiscard]] std::uint64_t events() const { return next_ - first_; }
    /// Streams that ended because their session had opened too many, since the start.
    [[nodiscard]] std::uint64_t displaced() const { return displaced_; }

private:
    struct Event {
        std::uint64_t id{};
        HouseholdId unit;
        Drill drill{};  ///< of the unit when it happened: its home may be gone when it is told
        http::Stream::Chunk full;
        http::Stream::Chunk masked;  ///< nullptr: not told to who sees nobody in full
    };
    struct Client {
        Listener listener;
        std::shared_ptr<http::Stream> stream;
        std::map<CommunityId, bool> covered;  ///< asked once a community
    };

    void tell(std::string_view name, const HouseholdId& unit, Drill drill, const std::string& full,
              const std::string& masked);
    void tell(std::string_view name, const HouseholdId& unit, const boost::json::object& both);
    void tell_alert(const Alert& alert);
    void tell_tasks(const std::map<HouseholdId, std::vector<const TaskChanged*>>& changed);
    [[nodiscard]] Drill drill_of(const HouseholdId& unit) const;
    [[nodiscard]] bool may_see(Client& client, const Event& event) const;
    void send(Client& client, const Event& event) const;
    void close(const Client& client, std::string_view why) const;
    /// False: too much was missed.
    void make_room(std::string_view key);
    bool resume(Client& client, std::string_view last_event_id);

    Options options_;
    const Engine& engine_;
    const AlertViews& views_;
    std::uint64_t first_;
    std::uint64_t next_;
    std::deque<Event> remembered_;
    std::map<std::uint64_t, Client> clients_;  ///< by a number of their own
    std::uint64_t last_client_ = 0;
    std::uint64_t displaced_ = 0;
    Sight in_full_;
    Sight masked_;
    std::shared_ptr<bool> here_ = std::make_shared<bool>(true);  ///< for what comes back later
};

}  // namespace anju::api
