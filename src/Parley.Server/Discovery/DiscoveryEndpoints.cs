using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Server.Hosting;
using Parley.Server.Identity;

namespace Parley.Server.Discovery;

/// <summary>The domain API in all its spellings (protocol ch. 3).</summary>
internal static class DiscoveryEndpoints
{
    private static readonly string[] Prefixes = ["/api", "/csdr"];

    public static void Map(IEndpointRouteBuilder routes, Accounts accounts, PublicAddress address)
    {
        foreach (var prefix in Prefixes)
        {
            foreach (var suffix in (string[])["baseURI", "baseURI.json"])
            {
                routes.MapGet($"{prefix}/account/{{account}}/service/{suffix}", (RequestDelegate)ListAsync).RequireCors(Cors.Public);
                routes.MapGet($"{prefix}/account/{{account}}/service/{{service}}/{suffix}", (RequestDelegate)OneAsync).RequireCors(Cors.Public);
            }

            routes.MapGet($"{prefix}/account/{{account}}/service/{{service}}/baseURI.lpCsds", (RequestDelegate)ScriptAsync);
        }

        Task ListAsync(HttpContext context) => Known(context) is { } account
            ? context.AnswerAsync(StatusCodes.Status200OK, Services.All(account, address.Of(context)), DiscoveryJson.Default.ServiceList)
            : RefuseAccountAsync(context);

        Task OneAsync(HttpContext context) =>
            Known(context) is not { } account ? RefuseAccountAsync(context)
            : ServiceOf(context) is not { } service ? RefuseServiceAsync(context)
            : context.AnswerAsync(StatusCodes.Status200OK, new ServiceEntry(service, account, address.Of(context)), DiscoveryJson.Default.ServiceEntry);

        Task ScriptAsync(HttpContext context) =>
            Known(context) is null ? RefuseAccountAsync(context)
            : ServiceOf(context) is null ? RefuseServiceAsync(context)
            : Jsonp.CallbackOf(context, "cb") is not { } callback ? RefuseAsync(context, StatusCodes.Status400BadRequest, "cb is not a JavaScript name")
            : Jsonp.AnswerAsync(context, callback, LegacyServiceAddress.Of(address.Of(context)), DiscoveryJson.Default.LegacyServiceAddress);

        string? Known(HttpContext context) => accounts.Find(context.Account)?.Id;

        string? ServiceOf(HttpContext context) => Services.Names.FirstOrDefault(name => name == (string?)context.Request.RouteValues["service"]);

        Task RefuseAccountAsync(HttpContext context) => Accounts.IsValidId(context.Account)
            ? RefuseAsync(context, StatusCodes.Status401Unauthorized, "Unknown account")
            : RefuseAsync(context, StatusCodes.Status400BadRequest, "Not an account id");

        Task RefuseServiceAsync(HttpContext context) => RefuseAsync(context, StatusCodes.Status404NotFound, "Unknown service");

        Task RefuseAsync(HttpContext context, int status, string error) =>
            context.AnswerAsync(status, new DiscoveryError(error), DiscoveryJson.Default.DiscoveryError);
    }
}
