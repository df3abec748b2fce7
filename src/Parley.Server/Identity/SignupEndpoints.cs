using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Server.Hosting;

namespace Parley.Server.Identity;

/// <summary>New anonymous consumers (protocol 4.2) and the keys that verify their tokens (4.9).</summary>
internal static class SignupEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, IdentityServices identity)
    {
        routes.MapPost("/api/account/{account}/signup", (RequestDelegate)SignupAsync).RequireCors(Cors.Public);
        routes.MapGet("/api/account/{account}/signup.jsonp", (RequestDelegate)SignupJsonpAsync);
        routes.MapGet("/.well-known/jwks.json", (RequestDelegate)KeysAsync).RequireCors(Cors.Public);
        routes.MapGet("/api/account/{account}/.well-known/jwks.json", (RequestDelegate)KeysAsync).RequireCors(Cors.Public);

        // The request's body is not looked at: clients send none, "" or anything, with any content type.
        Task SignupAsync(HttpContext context) => identity.Accounts.Find(context.Account) is { } account
            ? context.AnswerAsync(StatusCodes.Status200OK, new JwtBody(identity.ConsumerTokens.Issue(account.Id).Jwt), IdentityJson.Default.JwtBody)
            : context.AnswerAsync(StatusCodes.Status401Unauthorized, IdpError.UnknownAccount, IdentityJson.Default.IdpError);

        Task SignupJsonpAsync(HttpContext context)
        {
            if (identity.Accounts.Find(context.Account) is not { } account)
            {
                return context.AnswerAsync(StatusCodes.Status401Unauthorized, IdpError.UnknownAccount, IdentityJson.Default.IdpError);
            }

            return Jsonp.CallbackOf(context, "callback") is { } callback
                ? Jsonp.AnswerAsync(context, callback, new JwtBody(identity.ConsumerTokens.Issue(account.Id).Jwt), IdentityJson.Default.JwtBody)
                : context.AnswerAsync(StatusCodes.Status400BadRequest, IdpError.BadCallback, IdentityJson.Default.IdpError);
        }

        Task KeysAsync(HttpContext context) =>
            context.AnswerAsync(StatusCodes.Status200OK, identity.SigningKeys.ToPublicSet(), IdentityJson.Default.PublicKeySet);
    }
}
