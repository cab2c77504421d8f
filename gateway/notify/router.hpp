// From a decision to notices: which roles, hence which persons and groups, over which channels, in
// which words. Pure: the same decision, directory and options give the same notices.
//
// - P1 and P2: every robot that serves the roles and the community, and every person of the roles
// by
//   SMS (then mail). P3 and P4: the robots only, in a digest; persons without a robot by mail, in a
//   digest. What a robot fails to deliver goes to its backups, then, unless persons are told
//   anyway, to the first person behind it: a group is told, or somebody is. Nobody is told twice of
//   one matter over the same way.
// - That a channel fails is told at once and never over that channel: by its backups where no other
//   robot reaches the maintainers, else by mail, at last by SMS.
// - The resident is asked by the home's own loudspeaker; without one, or when it fails, the grid
//   worker is asked to phone.
// - A role that nobody has today passes to the next one at once: worker, second worker, lead,
// street
//   centre; it is noted that nobody had it.
// - It is over: whoever was told, and nobody else, over the same channels.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/decision.hpp"
#include "notify/channel.hpp"
#include "notify/directory.hpp"
#include "notify/link.hpp"
#include "notify/texts.hpp"
#include "runtime/notice.hpp"

namespace anju::notify {

/// A channel as far as routing looks at it.
struct ChannelRules {
    std::string name;
    ChannelKind kind{};
    std::vector<Role> roles;               ///< who reads the group; empty: every role
    std::vector<std::string> communities;  ///< codes; empty: all
    std::vector<Priority> priorities;      ///< empty: all
    bool backup = false;                   ///< only when others fail

    [[nodiscard]] bool group() const { return is_group(kind); }
};

struct RouterOptions {
    std::vector<ChannelRules> channels;  ///< in order of preference
    std::vector<texts::Language> languages{texts::Language::zh, texts::Language::en};
    bool full_names = false;  ///< in messages to the person in charge alone
    Duration utc_offset{};
    std::vector<Duration> digests{std::chrono::hours{9}, std::chrono::hours{15}};  ///< local, P3
    Duration daily_digest = std::chrono::hours{9};                                 ///< local, P4
    Duration link_valid = std::chrono::hours{24};
    Duration p1_expires = std::chrono::hours{1};
    Duration expires = std::chrono::hours{24};
    Duration test_expires = std::chrono::minutes{2};
};

struct Matter;  // matter.hpp

class Router {
public:
    /// `signer` may be nullptr: then there are no links. References must outlive it.
    Router(RouterOptions options, const Directory& directory, const LinkSigner* signer);

    /// Of one decision among `all` that were made together; `earlier`: every notice about the same
    /// alert that is kept. Decisions nobody is told of give none.
    [[nodiscard]] std::vector<Notice> notices(const Decision& decision,
                                              std::span<const Decision> all,
                                              std::span<const Notice> earlier, Instant now) const;
    /// A channel fails, or works again (`failure` empty): to the maintainers, over the others.
    [[nodiscard]] std::vector<Notice> channel_changed(const std::string& channel,
                                                      const std::string& failure,
                                                      Instant now) const;
    /// A message over one channel, to see whether it works. `address` may be empty for groups.
    [[nodiscard]] Notice test(const std::string& channel, const std::string& address,
                              Instant now) const;

    /// The channel that an alert of one is about; nullopt: it is about something else.
    [[nodiscard]] std::optional<std::string> channel_of(const Decision& decision,
                                                        std::span<const Decision> all) const;
    /// Communities on this gateway whose people are told over this channel; none: it is unknown.
    [[nodiscard]] std::vector<HouseholdId> units_reached_by(const std::string& channel) const;

    [[nodiscard]] const RouterOptions& options() const { return options_; }

private:
    [[nodiscard]] std::vector<Notice> summons(const Decision& decision, const Summons& summons,
                                              std::span<const Decision> all,
                                              std::span<const Notice> earlier, Instant now) const;
    [[nodiscard]] std::vector<Notice> stood_down(const Matter& matter,
                                                 std::span<const Notice> earlier) const;
    [[nodiscard]] std::vector<Notice> task(const Decision& decision, const TaskChanged& changed,
                                           Instant now) const;
    [[nodiscard]] Matter about_task(const HouseholdId& unit, const CareTask& task,
                                    Instant now) const;
    void tell_worker(const Decision& decision, const TaskChanged& changed, const WorkerId& worker,
                     texts::Pair what, Instant now, std::vector<Notice>& out) const;
    [[nodiscard]] std::vector<Notice> overdue(const Decision& decision, const CareTask& task,
                                              Instant now) const;
    [[nodiscard]] std::vector<Notice> plan(const Decision& decision, const PlanMade& made,
                                           Instant now) const;
    [[nodiscard]] Matter matter_of(const Decision& decision, const Summons& summons,
                                   std::span<const Decision> all, Instant now) const;
    void tell(const Matter& matter, const std::vector<Role>& roles, std::vector<Notice>& out) const;
    void tell_groups(const Matter& matter, const std::vector<Role>& roles,
                     std::vector<Role>& reached, std::vector<Notice>& out) const;
    struct Group {
        Notice notice;
        std::vector<Role> reached;
        std::optional<Person> first;
    };
    [[nodiscard]] std::optional<Group> group_of(const ChannelRules& channel, const Matter& matter,
                                                const std::vector<Role>& roles) const;
    [[nodiscard]] Notice ask_home(const Matter& matter) const;
    /// Whoever has the alert of the matter, where the directory knows them.
    [[nodiscard]] std::vector<Person> owners(const Matter& matter) const;
    /// `roles`, and behind them, for each that nobody has, the next one that somebody has; it is
    /// noted in `out` which nobody had.
    [[nodiscard]] std::vector<Role> with_stand_ins(const Matter& matter, std::vector<Role> roles,
                                                   std::vector<Notice>& out) const;
    void note_vacancy(const Matter& matter, Role role, std::vector<Notice>& out) const;
    [[nodiscard]] std::vector<Person> persons(const Matter& matter, Role role) const;
    [[nodiscard]] std::vector<NoticeRoute> routes_to(const Person& person, const Matter& matter,
                                                     bool in_charge) const;
    [[nodiscard]] bool meant_for(const ChannelRules& channel, const Matter& matter) const;
    /// Likewise, and does not fail.
    [[nodiscard]] bool serves(const ChannelRules& channel, const Matter& matter) const;
    [[nodiscard]] Notice blank(const Matter& matter, const std::string& recipient) const;
    void write(Notice& notice, const Matter& matter) const;
    [[nodiscard]] Instant digest_after(Instant at, Priority priority) const;

    RouterOptions options_;
    const Directory& directory_;
    const LinkSigner* signer_;
};

}  // namespace anju::notify
