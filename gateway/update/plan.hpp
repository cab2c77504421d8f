// What an update does next, as a pure function of what was written down and of what the box is now.
//
// Nobody stands beside the box. So every step is written down before it is begun, each can be begun
// again after a power cut, and each has an end: an installation is begun twice at most, a new
// version has to prove itself three times at most, then the packages of the version before are put
// back. A version that was shown to be bad, by what it did itself, is never tried again by itself;
// what the world did to it (the line, the disk, the power) is tried again, later and later. See
// docs/adr/0027-updates.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/care_rules.hpp"
#include "core/model/instant.hpp"

namespace anju::update {

enum class Step : std::uint8_t {
    idle,
    installing,     ///< `to` is put on the box, or half of it is there
    proving,        ///< `to` is installed and has to show that it does its work
    rolling_back,   ///< `from` is put back
    proving_again,  ///< `from` is back and has to show the same
};

enum class Ending : std::uint8_t {
    none,
    updated,
    rolled_back,  ///< and the version before does its work
    failed,       ///< rolled back, and that one does not do its work either: somebody has to look
    abandoned,    ///< somebody installed another version by hand meanwhile
};

/// What a gateway that does its work shows, asked over its control socket.
struct Health {
    bool active = false;   ///< the service manager says that it runs and was ready
    bool answers = false;  ///< on its control socket; the rest is empty otherwise
    std::string version = {};
    std::int64_t pid = 0;     ///< also while it opens its store; 0: not known
    std::uint64_t epoch = 0;  ///< of the store; another one means that it began anew
    bool store_low = false;
    std::vector<std::string> links = {};  ///< names of the links that are connected
    bool opening = false;                 ///< it says that it opens its store, migrates it included

    friend bool operator==(const Health&, const Health&) = default;
};

/// "" when `now` is as well as `before` was in all that a version itself answers for, else what
/// lacks, as a stable code: "not_active", "no_answer", "other_version", "store_began_anew", and
/// "link:" with one of the sessions with the home broker, which is on the box: "link:home"; and
/// "still_opening", which is no fault before it has lasted for too long. A
/// gateway that was not well before need not be better after: the update may be its cure. `version`
/// is the package's, of which the program says the part between the epoch and Debian's own:
/// "0.2.0" of "1:0.2.0-1".
[[nodiscard]] std::string lacks(const Health& before, const Health& now, std::string_view version);

/// What is worse than `before` and not the version's fault, nor its verdict: a district that is out
/// would take back the good versions of all its boxes at once. Codes with commas between them:
/// "link:district_alarm,store_low"; empty: nothing.
[[nodiscard]] std::string noticed(const Health& before, const Health& now);

/// Whether what made an update go back was the version's own doing, or a person's wish: only then
/// is it not tried again. The rest is "not_installed", "cut_short", "broker_down" and, in records
/// of earlier programs, the links to the district and the room of the store.
[[nodiscard]] bool is_verdict(std::string_view why);

/// Whether what lacks() says is a session with the home broker: either end may be what is wrong.
[[nodiscard]] bool lacks_the_broker(std::string_view lacking);

struct Refused {
    std::string version;
    std::string why;
    Instant at{};

    friend bool operator==(const Refused&, const Refused&) = default;
};

/// A version that did not get as far as a verdict, and is tried again later and later.
struct Retry {
    std::string version;  ///< empty: none
    std::string why;      ///< in words, or a code as of lacks()
    int failures = 0;     ///< in a row
    Instant at{};         ///< of the last one
    Duration up{};        ///< how long the box had been up at it
    Duration wait{};      ///< from `at` on

    friend bool operator==(const Retry&, const Retry&) = default;
};

/// What is written down; versions are Debian's.
struct Record {
    Step step = Step::idle;
    std::string from;
    std::string to;
    int begun = 0;  ///< how often this step was begun
    Health before;
    std::string why;               ///< of a roll-back, what lacked
    std::string noticed;           ///< by the last proof, see noticed()
    std::string words;             ///< of an installation that failed, for people
    std::vector<Refused> refused;  ///< the newest last, at most refused_kept

    std::string waits_for;      ///< the version that waits for alerts to be taken care of
    Instant waits_since{};      ///< epoch 0: no clock was right then
    Duration waits_since_up{};  ///< how long the box had been up then

    Retry retry;
    /// What was decided last while nothing was under way: the version that waits and why.
    std::string waiting;
    std::string waiting_why;  ///< name() of a Rest; empty: nothing waits

    Ending ending = Ending::none;  ///< of the last update that came to an end
    std::string ended_from;
    std::string ended_to;
    std::string ended_why;
    std::string ended_noticed;
    Instant ended_at{};

    /// Before the installed one, where a person may go back to; kept over updates that failed.
    std::string previous;

    Instant checked_at{};  ///< the source was asked last, whatever it said
    std::string trouble;   ///< why the last attempt did not get as far as a step; empty: none

    friend bool operator==(const Record&, const Record&) = default;
};

inline constexpr std::string_view by_hand = "by_hand";  ///< why a person's roll-back came about
/// Why an update goes back that no proof has judged. Of the first one the package itself is to
/// blame; of the others the disk, the line, the power or whoever else.
inline constexpr std::string_view scripts_failed = "scripts_failed";
inline constexpr std::string_view not_installed = "not_installed";
inline constexpr std::string_view cut_short = "cut_short";
inline constexpr std::string_view still_opening = "still_opening";
/// Of a proof: the home broker was what did not do its work, and nothing is known of the version.
inline constexpr std::string_view broker_down = "broker_down";
/// Noticed by a proof: the home broker had to be started anew.
inline constexpr std::string_view broker_restarted = "broker_restarted";
inline constexpr std::size_t refused_kept = 16;
inline constexpr int installs_at_most = 2;
inline constexpr int proofs_at_most = 3;
/// The first wait after a failure that changed nothing on the box; each further one is twice as
/// long, up to `longest_wait`: below a day, so that it does not walk out of the window of a night.
inline constexpr Duration first_wait = std::chrono::hours{1};
inline constexpr Duration longest_wait = std::chrono::hours{20};
/// The same where the version before had to be put back: each such night costs the box minutes.
inline constexpr Duration first_wait_put_back = std::chrono::hours{20};
inline constexpr Duration longest_wait_put_back = std::chrono::hours{24 * 7 - 4};

/// A version that the signed source has and that is newer than the installed one.
struct Offer {
    std::string version;
    int percentage = 100;  ///< of the boxes that may take it, as the source says
    int draw = 0;          ///< of this box for it, see draw()
    /// The installed program reads the stores that this one leaves: there is a way back.
    bool way_back = false;
    std::uint64_t bytes = 0;  ///< room that fetching and installing it takes
};

struct Facts {
    Instant now{};
    std::chrono::minutes utc_offset{};
    bool clock_right = true;    ///< somebody sets it: `now` can be believed
    Duration up{};              ///< since the start of the box
    std::string installed;      ///< empty: not installed, or half of it
    bool answers = true;        ///< the gateway said how many alerts are open
    std::size_t urgent = 0;     ///< alerts of P1 and P2 that are not resolved
    std::uint64_t room = 0;     ///< bytes free where packages and programs go
    std::vector<Offer> offers;  ///< newest first
};

struct Rules {
    bool enabled = true;
    Window window{std::chrono::hours{2}, std::chrono::hours{5}};  ///< local time
    /// How long an update waits for urgent alerts to be taken care of.
    Duration wait_for_alerts = std::chrono::hours{72};
    Duration healthy_within = std::chrono::minutes{15};  ///< from the end of the installation
    Duration steady_for = std::chrono::minutes{2};       ///< without a break and a restart
    /// While nobody sets the clock no hour is a night: then, whatever the hour, when the box has
    /// been up for this long. Shorter, and a clock that comes a little after the start would not be
    /// waited for; without an end, and a box without a time server would never be updated.
    Duration without_clock = std::chrono::hours{24};
    /// So long it may open its store, all in all, before healthy_within goes on to count: a store
    /// of 2 GB that a new version migrates on a slow card takes longer than that.
    Duration opening_within = std::chrono::hours{2};
};

/// Said by a person for this once.
struct Insistence {
    bool any_time = false;        ///< do not wait for the window, nor for the box's turn
    bool despite_alerts = false;  ///< do not wait for alerts
    bool again = false;           ///< try a version that was taken back once more
};

enum class Do : std::uint8_t { rest, prepare, install, prove, put_back, prove_again, abandon };

/// Why nothing is done.
enum class Rest : std::uint8_t {
    none,
    off,           ///< switched off
    current,       ///< nothing newer is offered
    taken_back,    ///< what is newer was tried and taken back
    not_its_turn,  ///< the percentage has not come to this box yet
    no_way_back,   ///< the installed program could not read the stores of what is newer
    not_now,       ///< outside of the window
    alerts,        ///< urgent alerts wait for people
    clock,         ///< nobody sets the clock, and the box has not been up for long
    no_answer,     ///< the gateway did answer and does not say now which alerts are open
    later,         ///< the last attempt failed, and it is too early for the next
    no_room,       ///< the disk is too full
    broken,        ///< the packages are half installed and no update of ours did it
};

struct Action {
    Do what = Do::rest;
    std::string version;  ///< that it is about
    Rest why = Rest::none;
};

/// What to do next. Pure.
[[nodiscard]] Action next(const Record& record, const Facts& facts, const Rules& rules,
                          const Insistence& said);

/// How the last action went.
struct Done {
    std::string installed;     ///< now; empty: not whole
    std::string lacks = {};    ///< of a proof; empty: it is well
    std::string noticed = {};  ///< of a proof
    Health before = {};        ///< of `prepare`: as it was
    std::string trouble = {};  ///< in words
    /// Of an installation: scripts of the package ended with an error of their own.
    bool scripts_failed = false;
};

/// Written down before `action` begins: counts how often. Pure.
[[nodiscard]] Record begin(Record record, const Action& action, const Facts& facts);
/// Written down after it ended. Pure.
[[nodiscard]] Record finish(Record record, const Action& action, const Done& done,
                            const Facts& facts);
/// A person wants `previous` back in the place of `installed`, which is tried no more by itself.
/// Pure.
[[nodiscard]] Record take_back(Record record, std::string previous, std::string installed);

/// 0 … 99 for each box and version: CRC-32 of "GATEWAY VERSION" modulo 100. A box takes a version
/// that is offered to so many percent when its draw is below. Whoever knows the ids can compute who
/// is first, and no box is always the first.
[[nodiscard]] int draw(std::string_view gateway_id, std::string_view version);

/// Of "journal 3 from 3, console 2 from 2", as packages say it: whether a program with the formats
/// `installed` reads the stores that one with `offered` leaves. False where one of them says
/// nothing.
[[nodiscard]] bool way_back(std::string_view installed, std::string_view offered);

[[nodiscard]] std::string_view name(Step step);
[[nodiscard]] std::string_view name(Ending ending);
[[nodiscard]] std::string_view name(Rest why);
/// Back from a name; `none` for one that is not known.
[[nodiscard]] Ending ending_of(std::string_view name);
[[nodiscard]] Rest rest_of(std::string_view name);
[[nodiscard]] Step step_of(std::string_view name);

/// As it is kept: JSON. Members that are not known are left out, those that are missing keep their
/// default: the program that reads it may be older or newer than the one that wrote it. nullopt: no
/// such thing.
[[nodiscard]] std::string to_text(const Record& record);
[[nodiscard]] std::optional<Record> from_text(std::string_view text);

}  // namespace anju::update
