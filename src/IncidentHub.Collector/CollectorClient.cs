using System.Security.Cryptography;
using System.Text.Json;

namespace IncidentHub.Collector;

/// <summary>
/// Keeps permits for one or several programs and acknowledges stops with signed evidence. Start and stop it like a hosted service. If
/// anything fails here, permits expire and the gates close.
/// </summary>
public sealed class CollectorClient : IAsyncDisposable
{
    private static readonly TimeSpan FirstInterval = TimeSpan.FromSeconds(2);
    private readonly CollectorOptions _options;
    private readonly CollectorIdentity _identity;
    private readonly HttpClient _http;
    private readonly HubConnection _hub;
    private readonly StopAcknowledger _acks;
    private readonly EventListener _events;
    private readonly RenewalPace _pace = new();
    private readonly BootClock _boot;
    private readonly TimeProvider _wall;
    private readonly Dictionary<string, CollectionGate> _gates;
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, long> _noticed = [];
    private string _nonce = "";
    private Task _loop = Task.CompletedTask, _listening = Task.CompletedTask;

    public CollectorClient(CollectorOptions options, HttpMessageHandler? handler = null, BootClock? boot = null, TimeProvider? wall = null)
    {
        _options = options;
        _boot = boot ?? BootClock.System;
        _wall = wall ?? TimeProvider.System;
        _identity = CollectorIdentity.Load(options.StateFolder);
        _http = HubConnection.ClientOver(handler);
        _hub = new HubConnection(_http, options, _identity, _boot);
        _acks = new StopAcknowledger(_hub, _identity, options.Buffer, Say);
        _events = new EventListener(_http, options, _identity, Heard, Say);
        _gates = options.Programs.ToDictionary(p => p, p => new CollectionGate(p, _boot, _wall, options.MaxDrift, _identity.CountOf(p)),
            StringComparer.Ordinal);
    }

    /// <summary>For the recorder's log: refusals, errors, receipts. Called on the renewal loop; must return at once.</summary>
    public event Action<string>? Message;

    /// <summary>
    /// A signed stop notice: the new gate status, and the instruction for the recorder's buffer. Called once per stop, on the renewal loop,
    /// after its evidence was created.
    /// </summary>
    public event Action<StopNotice>? Stopped;

    /// <summary>The id assigned by the hub; null before the first registration.</summary>
    public Guid? CollectorId => _identity.CollectorId;

    /// <summary>The gate of one of the programs given in the options.</summary>
    public ICollectionGate Gate(string program) => _gates[program];

    public Task StartAsync(CancellationToken ct = default)
    {
        _loop = Task.Run(RunAsync, CancellationToken.None);
        _listening = Task.Run(() => _events.RunAsync(_stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Closes all gates and ends the loop.</summary>
    public async Task StopAsync(CancellationToken ct = default)
    {
        foreach (var gate in _gates.Values) gate.Close(GateReason.NotPermitted);
        await _stop.CancelAsync();
        await Task.WhenAll(_loop, _listening).WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        _identity.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var interval = FirstInterval;
        while (!_stop.IsCancellationRequested)
        {
            var wait = interval;
            try
            {
                interval = wait = await RenewAsync(_stop.Token);
            }
            catch (Exception e) when (!_stop.IsCancellationRequested)
            {
                Say(e is OperationCanceledException ? "the hub did not respond in time" : e.Message);
                // Earlier than usual: two more attempts fit before the permit expires.
                wait = interval / 3;
                if (e is CollectorRefusedException { Status: System.Net.HttpStatusCode.Unauthorized }) await RegisterAgainAsync();
            }
            await _pace.WaitAsync(Jittered(wait), _stop.Token);
        }
    }

    /// <summary>An event closes the gate for older epochs and triggers a renewal; it never opens the gate.</summary>
    internal void Heard(SwitchEvent heard)
    {
        if (!_gates.TryGetValue(heard.Program, out var gate) || heard.Epoch <= gate.Epoch) return;
        gate.Announced(heard.ClosedBelow);
        _pace.AskWithin(heard.Spread);
    }

    /// <summary>Renews all programs. Returns when to renew next.</summary>
    internal async Task<TimeSpan> RenewAsync(CancellationToken ct)
    {
        if (_identity.Secret is null) await _hub.RegisterAsync(ct);
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        Volatile.Write(ref _nonce, nonce);
        // Both clocks are read before the request leaves: the permit's life can only be shorter than on the hub, never longer.
        var (sentAt, sentWall) = (_boot.Nanoseconds, _wall.GetUtcNow().UtcTicks);
        var request =
            new RenewRequest(
                nonce, [.. _gates.Values.Select(g => new RenewProgram(g.Program, _identity.EpochSeen(g.Program), g.Sequence))]);
        var answer = await _hub.RenewAsync(request, ct);
        foreach (var renewed in answer.Programs)
        {
            if (_gates.TryGetValue(renewed.Code, out var gate)) await ApplyAsync(gate, renewed, nonce, sentAt, sentWall, ct);
        }
        await _acks.SendAsync(ct);
        return TimeSpan.FromSeconds(Math.Clamp(answer.NextRenewSeconds, 0.2, 600));
    }

    private async Task ApplyAsync(CollectionGate gate, RenewedProgram renewed, string nonce, long sentAt, long sentWall,
        CancellationToken ct)
    {
        var stop = renewed.Stop is null ? null : await _hub.VerifyAsync(renewed.Stop, TokenTypes.Stop, ct);
        var permit = renewed.Permit is null ? null : await _hub.VerifyAsync(renewed.Permit, TokenTypes.Permit, ct);
        if (Volatile.Read(ref _nonce) != nonce) return;
        if (stop is { } s && !IsForMe(s, gate.Program, nonce)) stop = null;
        if (permit is { } p && !IsForMe(p, gate.Program, nonce)) permit = null;

        var epoch = (stop ?? permit)?.GetProperty("epoch").GetInt64() ?? renewed.Epoch;
        if (epoch < _identity.EpochSeen(gate.Program))
        {
            gate.Close(GateReason.EpochWentBack);
            return;
        }
        if (stop is null && permit is null)
        {
            // A refusal closes the gate; an invalid signature changes nothing: the permit expires.
            if (renewed.Refused is not null) gate.Close(GateReason.NotPermitted, epoch);
            return;
        }
        var before = gate.Last;
        if (permit is { } granted) gate.Open(PermitOf(granted, renewed.Permit!, sentAt, sentWall));
        else gate.Close(ReasonOf(stop!.Value), epoch);
        // Only after the gate has changed: a crash in between leaves an older epoch stored, which is harmless.
        _identity.RecordEpoch(gate.Program, epoch);
        if (stop is not { } notice) return;
        if (before is not null) _acks.Stopped(gate, before, epoch);
        if (_noticed.GetValueOrDefault(gate.Program) == epoch) return;
        _noticed[gate.Program] = epoch;
        Stopped?.Invoke(new StopNotice(gate.Program, epoch, gate.Status, StopNotice.PolicyOf(notice)));
    }

    private bool IsForMe(JsonElement claims, string program, string nonce) =>
        claims.GetProperty("sub").GetString() == _identity.CollectorId?.ToString()
        && claims.GetProperty("aud").GetString() == program && claims.GetProperty("nonce").GetString() == nonce;

    private static Permit PermitOf(JsonElement c, string token, long sentAt, long sentWall) => new(
        token, c.GetProperty("jti").GetString()!, c.GetProperty("epoch").GetInt64(),
        [.. c.GetProperty("categories").EnumerateArray().Select(e => e.GetString()!)],
        sentAt, sentWall, (c.GetProperty("exp").GetInt64() - c.GetProperty("iat").GetInt64()) * 1_000_000_000);

    private static GateReason ReasonOf(JsonElement stop) => stop.GetProperty("reasonCode").GetString() switch
    {
        "terminated" => GateReason.Terminated,
        "paused" or "drill" => GateReason.Paused,
        _ => GateReason.NotPermitted,
    };

    private async Task RegisterAgainAsync()
    {
        if (_options.EnrolmentKey is null) return;
        try
        {
            await _hub.RegisterAsync(_stop.Token);
        }
        catch (Exception e) when (!_stop.IsCancellationRequested)
        {
            Say(e.Message);
        }
    }

    // ± 20 %, so that collectors that started together do not renew together.
    private static TimeSpan Jittered(TimeSpan interval) => interval * (0.8 + RandomNumberGenerator.GetInt32(0, 4001) / 10_000.0);

    private void Say(string text) => Message?.Invoke(text);
}
