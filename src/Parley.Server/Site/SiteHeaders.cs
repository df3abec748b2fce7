using Microsoft.AspNetCore.Http;

namespace Parley.Server.Site;

/// <summary>What browsers are told about the site's pages and files.</summary>
internal static class SiteHeaders
{
    // Cards show pictures of other hosts; nothing else comes from elsewhere. 'self' covers this server's sockets too.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob: https:; connect-src 'self'; "
        + "media-src 'self' blob: data:; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'; report-uri " + CspReports.Path;

    /// <summary>A page: asked for anew each time, shown in no frame, and only what this server serves runs in it.</summary>
    public static void Page(IHeaderDictionary headers)
    {
        headers.CacheControl = "no-cache";
        headers.ContentSecurityPolicy = Policy;
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=()";
    }

    /// <summary>A file whose name changes with its content; the window loads its own from whatever page it is in.</summary>
    public static void Asset(IHeaderDictionary headers)
    {
        Embedded(headers);
        headers.CacheControl = "public, max-age=31536000, immutable";
    }

    /// <summary>A file of fixed name for pages of this server.</summary>
    public static void Named(IHeaderDictionary headers)
    {
        headers.CacheControl = "no-cache";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    /// <summary>The script that brands put into their own pages, also isolated and sandboxed ones; they get a new one with the next visit.</summary>
    public static void Embedded(IHeaderDictionary headers)
    {
        headers.CacheControl = "no-cache";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.AccessControlAllowOrigin = "*";
    }
}
