using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace IncidentHub.Collector;

/// <summary>The key pair, id, secret, highest epochs and counts of this collector, in one file that only its user may read.</summary>
internal sealed class CollectorIdentity : IDisposable
{
    private readonly string _file;
    private readonly Saved _saved;
    private readonly Lock _saving = new();

    private CollectorIdentity(string file, Saved saved)
    {
        _file = file;
        _saved = saved;
        Key = ECDsa.Create();
        Key.ImportPkcs8PrivateKey(Convert.FromBase64String(saved.PrivateKey), out _);
    }

    public ECDsa Key { get; }
    public Guid? CollectorId => _saved.CollectorId;
    public string? Secret => _saved.Secret;

    public PublicKey PublicKey
    {
        get
        {
            var q = Key.ExportParameters(false).Q;
            return new("EC", "P-256", Base64Url.EncodeToString(q.X!), Base64Url.EncodeToString(q.Y!));
        }
    }

    /// <summary>Reads the file, or creates a new key pair where there is none.</summary>
    public static CollectorIdentity Load(string folder)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "collector.json");
        if (File.Exists(file)) return new(file, JsonSerializer.Deserialize<Saved>(File.ReadAllText(file), Wire.Json)!);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var made = new CollectorIdentity(file, new Saved { PrivateKey = Convert.ToBase64String(key.ExportPkcs8PrivateKey()) });
        made.Save();
        return made;
    }

    public void Registered(Guid id, string secret)
    {
        lock (_saving)
        {
            _saved.CollectorId = id;
            _saved.Secret = secret;
            Save();
        }
    }

    /// <summary>The highest epoch ever seen for the program; survives restarts.</summary>
    public long EpochSeen(string program)
    {
        lock (_saving) return _saved.Epochs.GetValueOrDefault(program);
    }

    public void RecordEpoch(string program, long epoch)
    {
        lock (_saving)
        {
            if (epoch <= _saved.Epochs.GetValueOrDefault(program)) return;
            _saved.Epochs[program] = epoch;
            Save();
        }
    }

    /// <summary>Numbers the items of the program; continues over restarts.</summary>
    public ItemCount CountOf(string program) => new(_saved.Counts.GetValueOrDefault(program), upTo =>
    {
        lock (_saving)
        {
            _saved.Counts[program] = upTo;
            Save();
        }
    });

    public void Dispose() => Key.Dispose();

    // Written to a temporary file and renamed: a crash leaves the old file or the new one.
    private void Save()
    {
        var next = _file + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(next, options))
        {
            JsonSerializer.Serialize(stream, _saved, Wire.Json);
            stream.Flush(flushToDisk: true);
        }
        File.Move(next, _file, overwrite: true);
    }

    private sealed class Saved
    {
        public required string PrivateKey { get; set; }
        public Guid? CollectorId { get; set; }
        public string? Secret { get; set; }
        public Dictionary<string, long> Epochs { get; set; } = [];
        public Dictionary<string, long> Counts { get; set; } = [];
    }
}
