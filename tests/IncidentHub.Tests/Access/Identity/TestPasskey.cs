using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using IncidentHub.Platform.Http;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Access.Identity;

/// <summary>A device with one passkey (WebAuthn level 2, ES256, without attestation), and the script of the pages that asks it.</summary>
internal sealed partial class TestPasskey : IDisposable
{
    private const byte Present = 1, Verified = 4, Attested = 0x40;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(16);
    private string? _userHandle;
    private uint _count;

    public TestPasskey(TestHub hub)
    {
        var address = hub.Services.GetRequiredService<PublicAddress>();
        (Origin, Domain) = (address.Origin, address.Url.Host);
    }

    /// <summary>Where the browser says that it is.</summary>
    public string Origin { get; set; }

    /// <summary>The relying party that the device signs for.</summary>
    public string Domain { get; set; }

    /// <summary>Whether the device has verified its owner.</summary>
    public bool Verifies { get; set; } = true;

    /// <summary>Whether the device counts its signatures; those that synchronise do not.</summary>
    public bool Counts { get; set; } = true;

    /// <summary>Adds itself to the account that the client is signed in as.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> AddAsync(HttpClient client, string password = "", string name = "A device")
    {
        var (status, options) = await SendAsync(client, "/account/passkeys/options", ("name", name), ("password", password));
        return status == HttpStatusCode.OK
            ? await SendAsync(client, "/account/passkeys", ("credential", Make(options))) : (status, options);
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> SignInAsync(HttpClient client, string returnUrl = "")
    {
        var (status, options) = await BeginSignInAsync(client);
        return status == HttpStatusCode.OK
            ? await SendAsync(client, "/sign-in/passkey", ("credential", Show(options)), ("returnUrl", returnUrl)) : (status, options);
    }

    public static Task<(HttpStatusCode Status, JsonElement Body)> BeginAddAsync(HttpClient client, string name = "A device") =>
        SendAsync(client, "/account/passkeys/options", ("name", name));

    public static Task<(HttpStatusCode Status, JsonElement Body)> BeginSignInAsync(HttpClient client) =>
        SendAsync(client, "/sign-in/passkey/options");

    /// <summary>A new credential.</summary>
    public string Make(JsonElement options)
    {
        _userHandle = options.GetProperty("user").GetProperty("id").GetString();
        var point = _key.ExportParameters(false).Q;
        // CBOR: the key in COSE form, and { fmt: "none", attStmt: {}, authData }.
        byte[] cose = [0xA5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32, .. point.X!, 0x22, 0x58, 32, .. point.Y!];
        byte[] data = [.. Data(Attested), .. new byte[16], 0, (byte)_id.Length, .. _id, .. cose];
        byte[] attestation = [0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x58,
            (byte)data.Length, .. data];
        return Credential(new
        {
            clientDataJSON = Base64Url.EncodeToString(Client("webauthn.create", options)),
            attestationObject = Base64Url.EncodeToString(attestation),
            transports = new[] { "internal" },
        });
    }

    /// <summary>A signature over the challenge.</summary>
    public string Show(JsonElement options)
    {
        if (Counts) _count++;
        var (data, client) = (Data(0), Client("webauthn.get", options));
        byte[] signed = [.. data, .. SHA256.HashData(client)];
        var signature = _key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Credential(new
        {
            clientDataJSON = Base64Url.EncodeToString(client),
            authenticatorData = Base64Url.EncodeToString(data),
            signature = Base64Url.EncodeToString(signature),
            userHandle = _userHandle,
        });
    }

    /// <summary>Posts a form as the script does, with the token of the sign-in page.</summary>
    public static async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(
        HttpClient client, string path, params (string Name, string Value)[] fields)
    {
        var token = Token().Match(await client.GetStringAsync("/sign-in")).Groups[1].Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token))
                .Select(f => KeyValuePair.Create(f.Item1, f.Item2))),
        };
        request.Headers.Accept.ParseAdd("application/json");
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    public void Dispose() => _key.Dispose();

    private string Credential(object response) => JsonSerializer.Serialize(new
    {
        id = Base64Url.EncodeToString(_id),
        rawId = Base64Url.EncodeToString(_id),
        type = "public-key",
        authenticatorAttachment = "platform",
        clientExtensionResults = new { },
        response,
    });

    private byte[] Data(byte flags)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, _count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(Domain)), (byte)(flags | Present | (Verifies ? Verified : 0)), .. count];
    }

    private byte[] Client(string type, JsonElement options) => JsonSerializer.SerializeToUtf8Bytes(
        new { type, challenge = options.GetProperty("challenge").GetString(), origin = Origin, crossOrigin = false });

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
