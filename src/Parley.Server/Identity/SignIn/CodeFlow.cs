using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Parley.Protocol.Requests;

namespace Parley.Server.Identity.SignIn;

/// <summary>Redeems codes at the provider's token endpoint (protocol 4.4).</summary>
internal sealed class CodeFlow(ProviderHttp http)
{
    /// <summary>The <c>id_token</c> that the provider gives for a code.</summary>
    /// <exception cref="SignInRefusedException">It gives none, or does not answer.</exception>
    public async Task<string> RedeemAsync(AuthConnector connector, string code, string? redirectUri)
    {
        List<KeyValuePair<string, string>> form = [new("grant_type", "authorization_code"), new("code", code)];
        if ((connector.RedirectUri ?? redirectUri) is { } redirect) form.Add(new("redirect_uri", redirect));
        using var request = new HttpRequestMessage(HttpMethod.Post, connector.TokenEndpoint) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{connector.ClientId}:{connector.ClientSecret}")));

        var (status, body) = await http.SendAsync(request);
        return status switch
        {
            HttpStatusCode.OK => IdTokenOf(body) ?? throw new SignInRefusedException(IdpErrors.ProviderOdd),
            >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => throw new SignInRefusedException(IdpErrors.CodeRejected),
            _ => throw new SignInRefusedException(IdpErrors.ProviderSilent),
        };
    }

    private static string? IdTokenOf(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.Member("id_token").Text();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
