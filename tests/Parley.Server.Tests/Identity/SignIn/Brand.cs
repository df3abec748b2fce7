using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;
using Parley.Server.Identity.SignIn;

namespace Parley.Server.Tests.Identity.SignIn;

/// <summary>A brand's identity provider: signs any token, and answers over HTTP what the test wants.</summary>
internal sealed class Brand : IAsyncDisposable
{
    /// <summary>Has what base64url would write as '-' and '_', and what JSON escapes.</summary>
    public const string Issuer = "https://idp.brand.test/~tenant?a>b=Ünïcode&'<>\"";

    // Made once: RSA keys are slow to make.
    private static readonly RSA Known = RSA.Create(2048);
    private static readonly RSA Strange = RSA.Create(2048);

    private readonly TimeProvider _time;
    private WebApplication? _app;

    /// <param name="time">The server's clock.</param>
    /// <param name="isStranger">Whether it is one that no connector knows.</param>
    public Brand(TimeProvider time, bool isStranger = false) => (_time, Rsa) = (time, isStranger ? Strange : Known);

    public RSA Rsa { get; }

    /// <summary>The server's own key, for which tokens are encrypted.</summary>
    public static RSA Recipient { get; } = RSA.Create(2048);

    public ECDsa Elliptic { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Answers requests; set before they come.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = context => context.Response.WriteAsync("{}");

    public int Requests { get; private set; }
    public string Url { get; private set; } = "";
    public long Now => _time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Opens its HTTP listener.</summary>
    public async Task<Brand> ServeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(context =>
        {
            Requests++;
            return Answer(context);
        });
        await _app.StartAsync();
        Url = _app.Urls.Single();
        return this;
    }

    /// <summary>A connector that takes this brand's tokens by its RSA key.</summary>
    public AuthConnector Implicit(string id = "web") =>
        new() { Id = id, Type = AuthConnectorType.Implicit, Issuer = Issuer, PublicKeys = Rsa.ExportSubjectPublicKeyInfoPem() };

    public AuthConnector Published(string id = "web") => new() { Id = id, Type = AuthConnectorType.Implicit, Issuer = Issuer, JwksUrl = $"{Url}/keys" };

    public AuthConnector Code(string id = "login") => Implicit(id) with
    {
        Type = AuthConnectorType.Code, TokenEndpoint = $"{Url}/token", ClientId = "parley", ClientSecret = "the client's secret",
    };

    /// <summary>Claims that are accepted, but for the changes; null takes one away.</summary>
    public JsonObject Claims(params (string Name, JsonNode? Value)[] changes)
    {
        var claims = new JsonObject { ["iss"] = Issuer, ["sub"] = "customer-0001", ["exp"] = Now + 600, ["iat"] = Now, ["aud"] = "parley" };
        foreach (var (name, value) in changes)
        {
            if (value is null) claims.Remove(name);
            else claims[name] = value;
        }

        return claims;
    }

    public string Token(params (string Name, JsonNode? Value)[] changes) => Sign("""{"alg":"RS256","typ":"JWT"}""", Claims(changes).ToJsonString());

    /// <summary>Signs whatever header and claims; the signature is always one of this brand's RSA key with SHA-256.</summary>
    public string Sign(string header, string claims) => Sign(header, claims, content => Rsa.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public string SignElliptic(string header, string claims) => Sign(header, claims, content => Elliptic.SignData(content, HashAlgorithmName.SHA256));

    public static string Sign(string header, string claims, Func<byte[], byte[]> sign)
    {
        var content = $"{Encode(header)}.{Encode(claims)}";
        return $"{content}.{Base64UrlEncoder.Encode(sign(Encoding.ASCII.GetBytes(content)))}";
    }

    public static string Encode(string text) => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(text));

    /// <summary>The RSA key as one of a JWK set.</summary>
    public JsonObject Jwk(string? kid)
    {
        var key = Rsa.ExportParameters(includePrivateParameters: false);
        var jwk = new JsonObject { ["kty"] = "RSA", ["n"] = Base64UrlEncoder.Encode(key.Modulus), ["e"] = Base64UrlEncoder.Encode(key.Exponent) };
        if (kid is not null) jwk["kid"] = kid;
        return jwk;
    }

    /// <summary>Publishes keys under these ids, all the same one.</summary>
    public void Publish(params string?[] kids)
    {
        var set = new JsonObject { ["keys"] = new JsonArray([.. kids.Select(kid => Jwk(kid))]) }.ToJsonString();
        Answer = context => context.Response.WriteAsync(set);
    }

    /// <summary>Answers with a status and a body.</summary>
    public void Say(int status, string body) => Answer = context =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    };

    /// <summary>Never answers; the task ends when a request has come.</summary>
    public Task FallSilent()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Answer = context =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        return asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        Elliptic.Dispose();
    }
}
