using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Parley.Server.Hosting;

/// <summary>Which origins may call (protocol ch. 25, rule 24).</summary>
internal static class Cors
{
    /// <summary>Policy of endpoints that any page may call. Never with credentials: cookies are for same-origin pages alone.</summary>
    public const string Public = "public";

    public static void Configure(CorsOptions options) =>
        options.AddPolicy(Public, policy => policy.AllowAnyOrigin().AllowAnyHeader().AllowAnyMethod().WithExposedHeaders("ETag", "ac-revision").SetPreflightMaxAge(TimeSpan.FromHours(1)));
}
