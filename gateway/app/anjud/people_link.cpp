#include "app/anjud/people_link.hpp"

#include <stdexcept>
#include <utility>

#include "app/anjud/daemon.hpp"
#include "system/secrets.hpp"

namespace anju {
namespace {

using notify::ChannelKind;

std::string secret(const std::filesystem::path& file) {
    if (file.empty()) return {};
    auto content = system::read_secret(file);
    if (!content) throw std::runtime_error(content.error().text());
    return *content;
}

std::string link_key(const std::filesystem::path& data_dir) {
    auto key = notify::link_key(data_dir);
    if (!key) throw std::runtime_error(key.error().text());
    return *key;
}

ChannelKind kind_of(const std::string& name) {
    if (name == "wecom") return ChannelKind::wecom;
    if (name == "dingtalk") return ChannelKind::dingtalk;
    if (name == "feishu") return ChannelKind::feishu;
    if (name == "webhook") return ChannelKind::webhook;
    if (name == "sms") return ChannelKind::sms;
    if (name == "modem") return ChannelKind::modem;
    return ChannelKind::mail;
}

std::unique_ptr<notify::Channel> make_sms(const config::NotifyChannel& from) {
    using Kind = notify::SmsApiOptions::BodyKind;
    notify::SmsApiOptions options;
    options.method = from.method;
    options.url = from.url;
    options.headers = from.headers;
    options.body = from.body;
    options.body_kind = from.body_kind == "form"   ? Kind::form
                        : from.body_kind == "text" ? Kind::text
                                                   : Kind::json;
    options.secret = secret(from.secret_file);
    options.success_pointer = from.success_pointer;
    options.success_value = from.success_value;
    options.limit_values = from.limit_values;
    options.per_minute = from.per_minute;
    options.longest_text = from.longest_text;
    options.ca_file = from.ca_file;
    options.plaintext = from.allow_plaintext;
    return notify::make_sms_api(std::move(options));
}

std::unique_ptr<notify::Channel> make_channel(const config::NotifyChannel& from,
                                              Duration utc_offset) {
    notify::RobotOptions robot;
    robot.url = from.url_file.empty() ? from.url : secret(from.url_file);
    robot.secret = secret(from.secret_file);
    robot.ca_file = from.ca_file;
    robot.plaintext = from.allow_plaintext;
    robot.markdown = from.markdown;
    switch (kind_of(from.kind)) {
        case ChannelKind::wecom:
            return notify::make_wecom(std::move(robot));
        case ChannelKind::dingtalk:
            return notify::make_dingtalk(std::move(robot));
        case ChannelKind::feishu:
            return notify::make_feishu(std::move(robot));
        case ChannelKind::webhook:
            return notify::make_webhook(std::move(robot));
        case ChannelKind::sms:
            return make_sms(from);
        case ChannelKind::modem:
            return notify::make_modem(from.per_minute);
        case ChannelKind::mail:
        case ChannelKind::speaker:
            break;
    }
    return notify::make_mail({from.url, from.username, secret(from.password_file), from.from_name,
                              from.from, from.ca_file.string(), from.allow_plaintext, utc_offset});
}

notify::RouterOptions router_options(const config::Config& config) {
    notify::RouterOptions out;
    const config::Notify& from = config.notify;
    out.languages.clear();
    for (const std::string& language : from.languages) {
        out.languages.push_back(language == "zh" ? text::Language::zh : text::Language::en);
    }
    out.full_names = from.full_names;
    out.utc_offset = config.utc_offset;
    out.digests = from.digests;
    out.daily_digest = from.daily_digest;
    out.link_valid = from.link_valid;
    for (const config::NotifyChannel& channel : from.channels) {
        out.channels.push_back({channel.name, kind_of(channel.kind), channel.roles,
                                channel.communities, channel.priorities, channel.backup});
    }
    return out;
}

}  // namespace

PeopleLink::PeopleLink(const config::Config& config, Clock& clock, Journal& journal, Loop& loop,
                       Gateway& gateway, notify::Speaker* speaker)
    : clock_(clock),
      loop_(loop),
      gateway_(gateway),
      speaker_(speaker),
      signer_(link_key(config.data_dir), config.notify.base_url),
      directory_(gateway.engine(), speaker) {
    const auto reply = [this](std::uint64_t job, notify::Reply said) {
        loop_.post(
            [this, job, said = std::move(said)]() mutable { replied(job, std::move(said)); });
    };
    std::vector<notify::NamedChannel> channels;
    for (const config::NotifyChannel& from : config.notify.channels) {
        channels.push_back({from.name, kind_of(from.kind), make_channel(from, config.utc_offset)});
        if (kind_of(from.kind) != ChannelKind::modem) continue;
        notify::Modem::Options options;
        options.device = from.device;
        options.baud = from.baud;
        options.dialog.pin = secret(from.pin_file);
        modems_[from.name] = std::make_unique<notify::Modem>(
            std::move(options), reply,
            [this, name = from.name](const std::string& reference, bool delivered) {
                loop_.post([this, name, reference, delivered] {
                    service_->reported(name, reference, delivered);
                });
            });
    }
    if (speaker_ != nullptr) {
        channels.push_back({"speaker", ChannelKind::speaker, notify::make_speaker()});
    }
    notify::RouterOptions rules = router_options(config);
    notify::Dispatcher::Options sending;
    sending.language = rules.languages.front();
    service_ = std::make_unique<notify::Service>(
        notify::Router(std::move(rules), directory_, &signer_),
        notify::Dispatcher(sending, std::move(channels)), clock_, journal,
        notify::Service::Ports{[this](notify::Outgoing message) { carry(std::move(message)); },
                               [this] {
                                   loop_.post([this] {
                                       if (const auto done = flush(); !done) {
                                           Daemon::die(done.error());
                                       }
                                   });
                               }});
    curl_ = std::make_unique<notify::CurlSender>(notify::CurlSender::Options{}, reply);
}

PeopleLink::~PeopleLink() = default;

void PeopleLink::carry(notify::Outgoing message) {
    const std::uint64_t job = message.job;
    if (auto* http = std::get_if<notify::HttpRequest>(&message.request)) {
        curl_->send(job, std::move(*http));
    } else if (auto* mail = std::get_if<notify::MailRequest>(&message.request)) {
        curl_->send(job, std::move(*mail));
    } else if (auto* sms = std::get_if<notify::ModemRequest>(&message.request)) {
        modems_.at(message.channel)->send(job, std::move(*sms));
    } else if (const auto* speech = std::get_if<notify::SpeakRequest>(&message.request)) {
        speaker_->ask(HouseholdId{speech->household}, AlertId{speech->alert}, speech->text,
                      [this, job](bool asked, std::string why_not) {
                          notify::Reply reply;
                          if (!asked) {
                              reply.failure =
                                  why_not.empty() ? "it cannot ask" : std::move(why_not);
                          }
                          loop_.post([this, job, reply] { replied(job, reply); });
                      });
    }
}

void PeopleLink::replied(std::uint64_t job, notify::Reply reply) {
    service_->replied(job, reply);
}

result<void> PeopleLink::flush() {
    notify::Service::Pending pending = service_->take_pending();
    if (auto done = gateway_.write_notices(std::move(pending.changed)); !done) return done;
    const auto added = gateway_.add_notices(std::move(pending.added));
    if (!added) return added.error();
    return gateway_.channels_changed(std::move(pending.channels));
}

result<void> PeopleLink::tick() {
    service_->tick();
    return flush();
}

result<std::uint64_t> PeopleLink::test(const std::string& channel, const std::string& address) {
    return gateway_.add_notices({service_->router().test(channel, address, gateway_.now())});
}

}  // namespace anju
