using OtpNet;
using QRCoder;

namespace IncidentHub.Access.Identity;

/// <summary>Codes of authenticator apps (RFC 6238): six digits by SHA-1, a new one every 30 seconds.</summary>
internal static class AuthenticatorCodes
{
    private const string Issuer = "IncidentHub";
    private const int SecretBytes = 20, Digits = 6;

    // Clocks of phones differ a little, and typing takes its time.
    private static readonly VerificationWindow Near = new(previous: 1, future: 1);

    public static byte[] NewSecret() => KeyGeneration.GenerateRandomKey(SecretBytes);

    /// <summary>The secret as it is typed into an app that cannot scan, in groups of four.</summary>
    public static string Text(byte[] secret) =>
        string.Join(' ', Base32Encoding.ToString(secret).TrimEnd('=').Chunk(4).Select(g => new string(g)));

    /// <summary>The picture that an app scans, as the address of an image.</summary>
    /// <param name="host">Tells the entries of several hubs apart.</param>
    public static string Picture(byte[] secret, string account, string host)
    {
        var address = new OtpUri(OtpType.Totp, secret, $"{account} ({host})", Issuer).ToString();
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var drawing = new SvgQRCode(data);
        var svg = drawing.GetGraphic(4);
        return "data:image/svg+xml;base64," + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(svg));
    }

    /// <summary>The time step that the code is of; null: it is none of this time.</summary>
    public static long? StepOf(byte[] secret, string? code, DateTimeOffset now)
    {
        var digits = new string([.. (code ?? "").Where(c => !char.IsWhiteSpace(c))]);
        return digits.Length == Digits && digits.All(char.IsAsciiDigit)
            && new Totp(secret).VerifyTotp(now.UtcDateTime, digits, out var step, Near) ? step : null;
    }
}
