using System.Text.Json.Nodes;

namespace IncidentHub.Collector;

/// <summary>Creates the signed evidence of each stop and sends the same bytes until the hub has responded.</summary>
internal sealed class StopAcknowledger(HubConnection hub, CollectorIdentity identity, Func<string, BufferState> buffer, Action<string> say)
{
    private readonly Dictionary<string, (long Epoch, string Ack, bool Done)> _byProgram = [];

    /// <summary>The gate has closed, wholly or in part, for this epoch. Created once per epoch.</summary>
    /// <param name="permit">The permit under which was collected until the stop.</param>
    public void Stopped(CollectionGate gate, Permit permit, long epoch)
    {
        if (permit.Epoch >= epoch || (_byProgram.TryGetValue(gate.Program, out var last) && last.Epoch >= epoch)) return;
        var held = buffer(gate.Program);
        // The gate kept nothing after the permit's end, however late the notice arrived.
        var stoppedAt = Math.Clamp(gate.StoppedAt - permit.SentAt, 0, permit.Life);
        var ack = Jws.Sign(
            TokenTypes.Ack,
            new JsonObject
            {
                ["sub"] = identity.CollectorId.ToString(),
                ["aud"] = gate.Program,
                ["epoch"] = epoch,
                ["jti"] = permit.Jti,
                ["permit"] = permit.Token,
                ["stoppedAtOffsetMs"] = stoppedAt / 1_000_000,
                ["lastCollectedOffsetMs"] = gate.LastCollected < permit.SentAt
                    ? null : Math.Min(gate.LastCollected - permit.SentAt, stoppedAt) / 1_000_000,
                ["lastSequence"] = gate.Sequence,
                ["itemsBuffered"] = held.Items,
                ["bufferDigest"] = held.Digest,
            },
            identity.Key);
        _byProgram[gate.Program] = (epoch, ack, false);
    }

    /// <summary>Sends acknowledgements without a response.</summary>
    public async Task SendAsync(CancellationToken ct)
    {
        foreach (var (program, (epoch, ack, _)) in _byProgram.Where(a => !a.Value.Done).ToList())
        {
            try
            {
                await hub.AcknowledgeAsync(ack, ct);
                say($"{program}: the stop of epoch {epoch} is confirmed");
            }
            catch (CollectorRefusedException e)
            {
                say($"{program}: the hub refused the acknowledgement: {e.Message}");
            }
            _byProgram[program] = (epoch, ack, true);
        }
    }
}
