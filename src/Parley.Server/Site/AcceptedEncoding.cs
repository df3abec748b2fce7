using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Parley.Server.Site;

/// <summary>What of a client's <c>Accept-Encoding</c> the site can give.</summary>
internal static class AcceptedEncoding
{
    // In the order in which they are preferred when the client does not mind.
    private static readonly string[] Offered = ["br", "gzip"];

    /// <summary>The compressed forms the client takes, the best first; it always takes the file itself.</summary>
    public static IEnumerable<string> Of(StringValues header)
    {
        if (!StringWithQualityHeaderValue.TryParseList([.. header.OfType<string>()], out var accepted)) return [];
        var plain = Quality("identity", 0);
        return Offered.Select(name => (Name: name, Quality: Quality(name, Quality("*", 0)))).Where(offer => offer.Quality > 0 && offer.Quality >= plain)
            .OrderByDescending(offer => offer.Quality).Select(offer => offer.Name);

        double Quality(string name, double otherwise) =>
            accepted.FirstOrDefault(value => value.Value.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found ? found.Quality ?? 1 : otherwise;
    }
}
