using System.Net;

namespace Parley.Server.Identity.SignIn;

/// <summary>Speaks to identity providers: bounded in time and size, following no redirects, sending no cookies.</summary>
internal sealed class ProviderHttp(TimeProvider time) : IDisposable
{
    /// <summary>How long a provider may take to answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const int LongestAnswer = 256 * 1024;

    // Made when first needed: most servers have no connector, and starting is on the clock.
    private readonly Lazy<HttpClient> _http = new(() => new HttpClient(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxConnectionsPerServer = 32,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ActivityHeadersPropagator = null,
    }) { MaxResponseContentBufferSize = LongestAnswer, Timeout = Timeout.InfiniteTimeSpan });

    /// <exception cref="SignInRefusedException">No whole answer came in time.</exception>
    public async Task<(HttpStatusCode Status, byte[] Body)> SendAsync(HttpRequestMessage request)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            using var response = await _http.Value.SendAsync(request, patience.Token);
            return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(patience.Token));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            throw new SignInRefusedException(IdpErrors.ProviderSilent, e);
        }
    }

    public void Dispose()
    {
        if (_http.IsValueCreated) _http.Value.Dispose();
    }
}
