using System.Net;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Parley.Server.Identity.SignIn;

/// <summary>The keys of one identity provider: those the operator gave, or the provider's JWK set, kept and fetched anew when it must be.</summary>
internal sealed class ProviderKeys(AuthConnector connector, ProviderHttp http, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    // A provider that does not answer does not lock its consumers out at once; a key taken out of the set goes in the end.
    private static readonly TimeSpan Usable = TimeSpan.FromHours(24);

    // Anybody can name keys that do not exist: the provider is asked for them this often at most.
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryFailed = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lazy<IReadOnlyList<SecurityKey>?> _given = new(() =>
        Pem.TryReadPublicKeys(connector.PublicKeys ?? "", out var keys) ? keys : null);
    private readonly Lazy<SecurityKey?> _decryption = new(() =>
        connector.DecryptionKey is { } pem && Pem.TryReadDecryptionKey(pem, out var key) ? key : null);

    private volatile KeySet? _set;
    private IdpError? _failure;
    private long? _askedAt;

    /// <summary>The keys that the operator gave, or null when he gave none that can be read.</summary>
    public IReadOnlyList<SecurityKey>? Given => _given.Value;

    /// <summary>What decrypts tokens, or null when the provider was given nothing to encrypt for.</summary>
    public SecurityKey? Decryption => _decryption.Value;

    /// <summary>The keys that may have signed a token with this <c>kid</c>.</summary>
    /// <exception cref="SignInRefusedException">There is none, or the set cannot be had.</exception>
    public async ValueTask<IReadOnlyList<SecurityKey>> FindAsync(string? kid)
    {
        if (connector.JwksUrl is null) return _given.Value ?? throw new SignInRefusedException(IdpErrors.BadPublicKey);

        var keys = await PublishedAsync(kid);
        if (!string.IsNullOrEmpty(kid)) keys = [.. keys.Where(key => key.KeyId == kid)];
        else if (keys.Select(key => key.KeyId).Distinct().Count() > 1) throw new SignInRefusedException(IdpErrors.KeyNotNamed);
        return keys.Count > 0 ? keys : throw new SignInRefusedException(IdpErrors.UnknownKey);
    }

    private async ValueTask<IReadOnlyList<SecurityKey>> PublishedAsync(string? kid)
    {
        if (Suffices(kid)) return _set!.Keys;
        await _turn.WaitAsync();
        try
        {
            if (!Suffices(kid) && (_askedAt is not { } asked || time.GetElapsedTime(asked) >= (_failure is null ? AskAgain : RetryFailed))) await AskAsync();
            return _set is { } set && time.GetElapsedTime(set.At) < Usable ? set.Keys : throw new SignInRefusedException(_failure!);
        }
        finally
        {
            _turn.Release();
        }
    }

    private bool Suffices(string? kid) =>
        _set is { } set && time.GetElapsedTime(set.At) < Fresh && (string.IsNullOrEmpty(kid) || set.Keys.Any(key => key.KeyId == kid));

    private async Task AskAsync()
    {
        var now = time.GetTimestamp();
        _askedAt = now;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, connector.JwksUrl);
            var (status, body) = await http.SendAsync(request);
            (_set, _failure) = status == HttpStatusCode.OK ? (new KeySet(Read(body), now), null) : (_set, IdpErrors.KeysUnavailable);
        }
        catch (SignInRefusedException e)
        {
            _failure = e.Error;
        }
    }

    private static List<SecurityKey> Read(byte[] body)
    {
        try
        {
            List<SecurityKey> keys = [.. new JsonWebKeySet(Encoding.UTF8.GetString(body)).GetSigningKeys().OfType<AsymmetricSecurityKey>()];
            return keys.Count > 0 ? keys : throw new SignInRefusedException(IdpErrors.BadKeySet);
        }
        catch (Exception e) when (e is not SignInRefusedException)
        {
            throw new SignInRefusedException(IdpErrors.BadKeySet, e);
        }
    }

    private sealed record KeySet(IReadOnlyList<SecurityKey> Keys, long At);
}
