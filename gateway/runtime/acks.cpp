// SensorAck per device and boot (proto/anju/v1/sensor.proto).
#include "runtime/acks.hpp"

#include "anju/v1/sensor.pb.h"

namespace anju {

void AckBook::acknowledge(const std::string& address, Sequence sequence) {
    answers_[{address, sequence.boot}].seqs.push_back(sequence.number);
}

void AckBook::refuse(const std::string& address, Sequence sequence, std::string code,
                     std::string text) {
    answers_[{address, sequence.boot}].refused.push_back(
        {sequence.number, std::move(code), std::move(text)});
}

void AckBook::send(SensorLink& link) {
    for (auto& [key, answer] : answers_) {
        v1::SensorDownlink downlink;
        v1::SensorAck& ack = *downlink.mutable_ack();
        ack.set_boot_id(key.second);
        ack.mutable_seqs()->Add(answer.seqs.begin(), answer.seqs.end());
        for (Refusal& refusal : answer.refused) {
            v1::SensorRefusal& out = *ack.add_refused();
            out.set_seq(refusal.seq);
            out.set_code(std::move(refusal.code));
            out.set_text(std::move(refusal.text));
        }
        link.send("anju/v1/down/" + key.first, downlink.SerializeAsString());
    }
    answers_.clear();
}

}  // namespace anju
