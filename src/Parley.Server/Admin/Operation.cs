using System.Text.Json.Serialization.Metadata;

namespace Parley.Server.Admin;

/// <summary>One of <see cref="Operations"/> as operators reach it: <c>POST /operator/PATH</c>, or in-process.</summary>
public sealed record Operation<TRequest, TResult>(
    string Path,
    Func<JsonTypeInfo<TRequest>> RequestType,
    Func<JsonTypeInfo<TResult>> ResultType,
    Func<Operations, TRequest, Task<TResult>> RunAsync)
    where TRequest : class
    where TResult : class;
