// The noise itself: two tones out of WebAudio, and the phone's vibration. No file, no network.

export class Player {
    private context: AudioContext | null = null;
    private timer: ReturnType<typeof setInterval> | null = null;

    /** In the handler of a gesture. False: this browser gives no sound. */
    async unlock(): Promise<boolean> {
        try {
            this.context ??= new AudioContext();
            await this.context.resume();
            return this.context.state === 'running';
        } catch {
            return false;
        }
    }

    ring(): void {
        if (this.timer !== null) return;
        this.alarm();
        this.timer = setInterval(() => this.alarm(), 2400);
    }

    stop(): void {
        if (this.timer !== null) clearInterval(this.timer);
        this.timer = null;
        navigator.vibrate?.(0);
    }

    chime(): void {
        this.tone(660, 0, 0.18, 0.25);
        this.tone(880, 0.2, 0.3, 0.25);
        navigator.vibrate?.(200);
    }

    private alarm(): void {
        // 800 to 1000 Hz carries best and is heard with old ears, which lose the high tones first.
        for (let i = 0; i < 3; ++i) {
            this.tone(820, i * 0.5, 0.22, 0.6);
            this.tone(1020, i * 0.5 + 0.24, 0.22, 0.6);
        }
        navigator.vibrate?.([400, 150, 400, 150, 400]);
    }

    private tone(frequency: number, after: number, length: number, loud: number): void {
        if (!this.context) return;
        const at = this.context.currentTime + after;
        const source = this.context.createOscillator();
        const gain = this.context.createGain();
        source.type = 'triangle';
        source.frequency.value = frequency;
        gain.gain.setValueAtTime(0, at);
        gain.gain.linearRampToValueAtTime(loud, at + 0.02);
        gain.gain.setValueAtTime(loud, at + length - 0.04);
        gain.gain.linearRampToValueAtTime(0, at + length);
        source.connect(gain).connect(this.context.destination);
        source.start(at);
        source.stop(at + length);
    }
}
