# The SDK of global.json and its runtime: another SDK would ask for other packages than the lock files have.
FROM mcr.microsoft.com/dotnet/sdk:10.0.401 AS build
WORKDIR /source

# What decides the packages comes first: this layer is built again only when a package changes, not when code does.
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig BannedSymbols.txt ./
COPY src/Directory.Build.props src/
COPY src/ExecutionDashboard/ExecutionDashboard.csproj src/ExecutionDashboard/packages.lock.json src/ExecutionDashboard/
COPY src/ExecutionDashboard.ControlPlane/ExecutionDashboard.ControlPlane.csproj src/ExecutionDashboard.ControlPlane/packages.lock.json src/ExecutionDashboard.ControlPlane/
COPY src/ExecutionDashboard.Feed/ExecutionDashboard.Feed.csproj src/ExecutionDashboard.Feed/packages.lock.json src/ExecutionDashboard.Feed/
COPY src/ExecutionDashboard.Storage/ExecutionDashboard.Storage.csproj src/ExecutionDashboard.Storage/packages.lock.json src/ExecutionDashboard.Storage/
COPY src/ExecutionDashboard.Fleet/ExecutionDashboard.Fleet.csproj src/ExecutionDashboard.Fleet/packages.lock.json src/ExecutionDashboard.Fleet/
COPY src/ExecutionDashboard.Simulator/ExecutionDashboard.Simulator.csproj src/ExecutionDashboard.Simulator/packages.lock.json src/ExecutionDashboard.Simulator/
RUN dotnet restore src/ExecutionDashboard/ExecutionDashboard.csproj -p:RuntimeIdentifier=linux-x64 --locked-mode

COPY appsettings.json ./
COPY wwwroot/ wwwroot/
COPY src/ src/
RUN dotnet publish src/ExecutionDashboard/ExecutionDashboard.csproj --configuration Release --runtime linux-x64 --no-restore --output /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0.12 AS final
WORKDIR /app
# The data folder belongs to the user that the process runs as; mount a volume there to keep the change log.
RUN mkdir --mode 700 data && chown "$APP_UID" data
COPY --from=build /app ./
USER $APP_UID
ENV ASPNETCORE_HTTP_PORTS=8080
EXPOSE 8080
VOLUME /app/data
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s CMD ["dotnet", "ExecutionDashboard.dll", "--health", "http://127.0.0.1:8080/health/live"]
ENTRYPOINT ["dotnet", "ExecutionDashboard.dll"]
