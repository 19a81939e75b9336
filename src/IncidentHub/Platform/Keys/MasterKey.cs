using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace IncidentHub.Platform.Keys;

internal sealed class KeysOptions
{
    /// <summary>A file of 32 bytes in base64, outside the database and its backups.</summary>
    public string MasterKeyFile { get; set; } = "data/master.key";

    /// <summary>The age at which a signing key is replaced; 0: never automatically.</summary>
    public int RotateAfterDays { get; set; } = 90;

    /// <summary>How long a new signing key is published before it signs; published keys may be cached for half of it.</summary>
    public TimeSpan PublishAhead { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many unknown keys are accepted from one network address in ten minutes.</summary>
    public int FailuresPerAddress { get; set; } = 600;

    /// <summary>How many requests each key may make in a minute.</summary>
    public int RequestsPerMinute { get; set; } = 60_000;
}

/// <summary>
/// Encrypts values that the database may only hold encrypted: AES-256-GCM, nonce ‖ tag ‖ ciphertext in base64, bound to a purpose.
/// </summary>
internal sealed class MasterKey
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private readonly byte[] _key;
    private readonly string _file;

    /// <summary>
    /// Reads the file; creates it on the first start in Development only. Throws <see cref="StartFaultException"/> with instructions
    /// where it is missing or has the wrong size.
    /// </summary>
    public MasterKey(IOptions<KeysOptions> options, IHostEnvironment environment)
    {
        var file = Path.GetFullPath(options.Value.MasterKeyFile);
        if (!File.Exists(file))
        {
            if (!environment.IsDevelopment())
            {
                throw new StartFaultException(
                    $"The master key file {file} is missing. Create one with 'openssl rand -base64 32 > {file}', keep it apart from the "
                        + $"database, and set Keys:MasterKeyFile.");
            }
            Make(file);
        }
        (_file, _key) = (file, Read(file));
    }

    private MasterKey(string file) => (_file, _key) = (file, Read(file));

    /// <summary>What to say where a secret of the database was encrypted by another master key.</summary>
    public string OtherKey => $"The database's keys were encrypted by another master key than that of {_file}: all nodes of a database "
        + "need a copy of the same file, which Keys:MasterKeyFile names.";

    /// <summary>For commands: the key of the configured file, or null where there is no such file.</summary>
    public static MasterKey? Find(string file) => File.Exists(file) ? new(Path.GetFullPath(file)) : null;

    private static void Make(string file)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            using var stream = new FileStream(file, OwnerOnly());
            using var writer = new StreamWriter(stream);
            writer.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartFaultException($"The master key file {file} cannot be made: {e.Message}");
        }
    }

    private static string TextOf(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartFaultException($"The master key file {file} (Keys:MasterKeyFile) cannot be read: {e.Message}");
        }
    }

    private static byte[] Read(string file)
    {
        var bytes = new byte[32];
        if (!Convert.TryFromBase64String(TextOf(file), bytes, out var read) || read != 32)
        {
            throw new StartFaultException($"The master key file {file} does not hold 32 bytes in base64.");
        }
        return bytes;
    }

    /// <summary>A secret of its own for one purpose, 32 bytes (HKDF with SHA-256). It changes with the master key only.</summary>
    public byte[] Derive(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, 32, info: System.Text.Encoding.UTF8.GetBytes(purpose));

    public string Encrypt(ReadOnlySpan<byte> plain, string purpose)
    {
        var sealedBytes = new byte[NonceSize + TagSize + plain.Length];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, NonceSize));
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(sealedBytes.AsSpan(0, NonceSize), plain, sealedBytes.AsSpan(NonceSize + TagSize),
            sealedBytes.AsSpan(NonceSize, TagSize), System.Text.Encoding.UTF8.GetBytes(purpose));
        return Convert.ToBase64String(sealedBytes);
    }

    /// <summary>Throws <see cref="CryptographicException"/> where the text was changed, or belongs to another key or purpose.</summary>
    public byte[] Decrypt(string text, string purpose)
    {
        var sealedBytes = Convert.FromBase64String(text);
        var plain = new byte[sealedBytes.Length - NonceSize - TagSize];
        using var aes = new AesGcm(_key, TagSize);
        aes.Decrypt(sealedBytes.AsSpan(0, NonceSize), sealedBytes.AsSpan(NonceSize + TagSize), sealedBytes.AsSpan(NonceSize, TagSize),
            plain, System.Text.Encoding.UTF8.GetBytes(purpose));
        return plain;
    }

    private static FileStreamOptions OwnerOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
