// Zigbee2MQTT: each model is described by its bridge and then says what it can say. What is
// expected comes from the corpus alone: the kind it gives to a property, and the values the
// description calls on and off.
#include <map>
#include <optional>

#include "score/tool.hpp"

namespace anju::score {
namespace {

struct Statement {
    std::size_t model;
    std::string property;
    json::value value;
    std::string kind;       ///< expected
    std::int64_t expected;  ///< value
};

const std::map<std::string_view, std::string_view> states{{"smoke", "smoke"},
                                                          {"contact", "contact_open"},
                                                          {"water_leak", "water_leak"},
                                                          {"gas", "gas"},
                                                          {"occupancy", "motion"},
                                                          {"presence", "motion"},
                                                          {"vibration", "vibration"},
                                                          {"tamper", "tamper"},
                                                          {"carbon_monoxide", "carbon_monoxide"}};

std::string text(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

/// Properties with the word of a kind in their name that nevertheless are no state of the sensor.
bool is_setting(const json::object& expose) {
    const json::value* access = expose.if_contains("access");
    const auto bits = access == nullptr ? 1 : access->to_number<std::int64_t>();
    return (bits & 1) == 0 || (bits & 2) != 0;
}

void add_binary(std::size_t model, const json::object& expose, const std::string& kind,
                std::vector<Statement>& out) {
    const std::string property = text(expose, "property");
    const auto known = states.find(kind);
    if (known == states.end() || is_setting(expose)) return;
    if (property == "moving" || property == "smoke_alarm_silenced") return;
    // Words for a door mean what they say, whichever of them the description calls "on".
    const auto opened = [&](const json::value& value, std::int64_t usual) -> std::int64_t {
        const bool closed =
            value.is_string() && value.as_string().find("closed") != json::string::npos;
        const bool open = value.is_string() && value.as_string().find("open") != json::string::npos;
        return closed ? 0 : open ? 1 : usual;
    };
    const json::value& on = expose.at("value_on");
    const json::value& off = expose.at("value_off");
    out.push_back({model, property, on, std::string(known->second), opened(on, 1)});
    out.push_back({model, property, off, std::string(known->second), opened(off, 0)});
}

void add(std::size_t model, const json::object& expose, std::vector<Statement>& out) {
    const std::string kind = text(expose, "kind");
    const std::string type = text(expose, "type");
    const std::string property = text(expose, "property");
    const std::string unit = text(expose, "unit");
    if (type == "binary") add_binary(model, expose, kind, out);
    if (property == "battery" && type == "numeric" && unit == "%") {
        out.push_back({model, property, 73, "battery_pct", 73});
    }
    if (property == "battery_low" && type == "binary") {
        out.push_back({model, property, expose.at("value_on"), "battery_low", 1});
        out.push_back({model, property, expose.at("value_off"), "battery_low", 0});
    }
    if (property == "voltage" && unit == "mV" && kind == "battery") {
        out.push_back({model, property, 2950, "battery_mv", 2950});
    }
    if (property == "water_consumed" && !unit.empty()) {
        out.push_back({model, property, unit == "L" ? 1234.0 : 1.234, "water_total_ml", 1'234'000});
    }
    if (type == "enum" && property == "action" && !is_setting(expose)) {
        for (const json::value& value : expose.at("values").as_array()) {
            const std::string word(value.as_string());
            if (word != "emergency" && word != "panic" && word != "sos") continue;
            out.push_back({model, property, value, "sos", 1});
        }
    }
}

json::object described(std::size_t index, const json::object& model) {
    char ieee[32];
    std::snprintf(ieee, sizeof ieee, "0x00158d00%08zx", index);
    return {{"ieee_address", ieee},
            {"friendly_name", "model_" + std::to_string(index)},
            {"type", "EndDevice"},
            {"supported", true},
            {"definition",
             {{"model", model.at("model")},
              {"vendor", model.at("vendor")},
              {"description", model.at("description")},
              {"exposes", model.at("exposes")}}}};
}

}  // namespace

std::vector<Score> score_zigbee2mqtt(const std::filesystem::path& program, const Corpora& corpora) {
    const auto models = read_jsonl(corpora / "z2m_exposes.jsonl");
    json::array devices;
    std::vector<Statement> statements;
    for (std::size_t i = 0; i < models.size(); ++i) {
        devices.push_back(described(i, models[i]));
        for (const json::value& expose : models[i].at("exposes").as_array()) {
            add(i, expose.as_object(), statements);
        }
    }
    std::vector<json::object> questions{{{"topic", "zigbee2mqtt/bridge/devices"},
                                         {"retained", true},
                                         {"payload", json::serialize(devices)}}};
    for (const Statement& statement : statements) {
        questions.push_back(
            {{"topic", "zigbee2mqtt/model_" + std::to_string(statement.model)},
             {"payload", json::serialize(json::object{{statement.property, statement.value}})}});
    }
    const auto answers = ask(program, questions);
    std::vector<std::string> refused(models.size());
    std::vector<std::string> wrong(models.size());
    for (std::size_t i = 0; i < statements.size(); ++i) {
        const Statement& statement = statements[i];
        const auto got = values(answers[i + 1], statement.kind);
        const std::string said = " " + statement.property + "=" + json::serialize(statement.value);
        if (got.empty()) {
            refused[statement.model] += said;
        } else if (got != std::vector{statement.expected}) {
            wrong[statement.model] += said;
        }
    }
    Score score{"Zigbee2MQTT models", 0, 0, 0, 0.99};
    for (std::size_t i = 0; i < models.size(); ++i) {
        const std::string name = text(models[i], "vendor") + " " + text(models[i], "model");
        if (!wrong[i].empty()) {
            score.fail(name + ":" + wrong[i]);
        } else if (!refused[i].empty()) {
            score.refuse(name + ":" + refused[i]);
        } else {
            ++score.right;
        }
    }
    return {score};
}

}  // namespace anju::score
