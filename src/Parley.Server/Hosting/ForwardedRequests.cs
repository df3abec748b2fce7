using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;

namespace Parley.Server.Hosting;

/// <summary>Believes <c>X-Forwarded-*</c> from configured proxies and from nobody else.</summary>
internal static class ForwardedRequests
{
    /// <summary>Left on a request whose host a trusted proxy named.</summary>
    public const string Mark = "X-Original-Host";

    public static void Use(IApplicationBuilder app, IReadOnlyCollection<string> trustedProxies)
    {
        if (Options(trustedProxies) is not { } options)
        {
            return;
        }

        app.Use(next => context =>
        {
            context.Request.Headers.Remove(Mark);
            return next(context);
        });
        app.UseForwardedHeaders(options);
    }

    /// <summary>What is believed from whom; null when nobody is trusted.</summary>
    public static ForwardedHeadersOptions? Options(IReadOnlyCollection<string> trustedProxies)
    {
        if (trustedProxies.Count == 0)
        {
            return null;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in trustedProxies)
        {
            options.KnownIPNetworks.Add(proxy.Contains('/') ? System.Net.IPNetwork.Parse(proxy) : System.Net.IPNetwork.Parse($"{proxy}/{(proxy.Contains(':') ? 128 : 32)}"));
        }

        return options;
    }
}
